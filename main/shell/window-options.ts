import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'

/** Returns preferences that treat the renderer like a page from the web: it can do nothing but call the preload script's bridge. */
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
  // It fetches dictionaries from the network.
  spellcheck: false,
  devTools: !isPackaged,
})

/** Returns the window's options. The window stays hidden until its page is ready. */
export const windowOptions = (preload: string, isPackaged: boolean): BrowserWindowConstructorOptions => ({
  title: 'Cascade Workbench',
  show: false,
  minWidth: 1_024,
  minHeight: 640,
  webPreferences: webPreferences(preload, isPackaged),
})
