import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'

/** The renderer is treated like a page from the web: everything it may do goes through the preload script's bridge. */
export const webPreferences = (preload: string, isPackaged: boolean): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  devTools: !isPackaged,
})

/** Hidden until there is something to show. */
export const windowOptions = (preload: string, isPackaged: boolean): BrowserWindowConstructorOptions => ({
  title: 'Cascade Workbench',
  show: false,
  minWidth: 1_024,
  minHeight: 640,
  webPreferences: webPreferences(preload, isPackaged),
})
