import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() })
export type WindowState = z.infer<typeof windowState>

const USUAL_SIZE = { width: 1_440, height: 900 }
/** So much of the window's top must be on a screen for people to get hold of it. */
const VISIBLE = { width: 160, height: 48 }

/** The state left by the last window, or `null`: missing and damaged count the same, for nothing is lost. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** Synchronous, because the window is closing. */
export function writeWindowState(path: string, state: WindowState): void {
  const draft = `${path}.draft`
  writeFileSync(draft, JSON.stringify(state))
  renameSync(draft, path)
}

/** Where to show the window: as it was left, unless that place is on no screen any more. */
export function fitToScreens(state: WindowState | null, screens: Rectangle[]): Partial<Rectangle> & { width: number; height: number } {
  if (state === null) return USUAL_SIZE
  const { bounds } = state
  return screens.some((screen) => isReachable(bounds, screen)) ? bounds : USUAL_SIZE
}

function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const visibleWidth = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const isTopInside = window.y >= screen.y && window.y + VISIBLE.height <= screen.y + screen.height
  return isTopInside && visibleWidth >= VISIBLE.width
}
