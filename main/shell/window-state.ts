import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
const windowState = z.object({ bounds: rectangle, isMaximized: z.boolean() })
export type WindowState = z.infer<typeof windowState>

const USUAL_SIZE = { width: 1_440, height: 900 }
/** The part of the window's top, in pixels, that must be on a screen so that people can move it. */
const VISIBLE = { width: 160, height: 48 }

/** Reads the state of the last window; returns `null` if the file is missing or damaged. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** Writes the state synchronously, because the window is closing. */
export function writeWindowState(path: string, state: WindowState): void {
  const draft = `${path}.draft`
  writeFileSync(draft, JSON.stringify(state))
  renameSync(draft, path)
}

/** Returns where to show the window: at its last place, unless no screen shows that place any more. */
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
