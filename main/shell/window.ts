import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import { windowOptions } from './window-options.ts'
import { fitToScreens, readWindowState, writeWindowState } from './window-state.ts'

interface WindowSettings {
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow
  screens: Rectangle[]
  dataFolder: string
  preload: string
  isPackaged: boolean
}

/** Opens the app's only window at its last place. Settles when its page has loaded. */
export async function openWindow({ create, screens, dataFolder, preload, isPackaged }: WindowSettings): Promise<BrowserWindow> {
  const statePath = join(dataFolder, 'window.json')
  const state = readWindowState(statePath)
  const window = create({ ...windowOptions(preload, isPackaged), ...fitToScreens(state, screens) })
  if (state?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => writeWindowState(statePath, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }))
  await window.loadURL(`${APP_ORIGIN}/`)
  return window
}
