import type { MenuItemConstructorOptions } from 'electron'

/** The actions of our own menu entries; the other entries use Electron's roles. */
export interface MenuActions {
  openEnvironment(): void
  importFile(): void
  importFolder(): void
  showEnvironmentInFolder(): void
}

export function menuTemplate(
  actions: MenuActions,
  { isMac, isPackaged }: { isMac: boolean; isPackaged: boolean },
): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open Environment…', accelerator: 'CmdOrCtrl+O', click: actions.openEnvironment },
        { label: 'Import File…', accelerator: 'CmdOrCtrl+I', click: actions.importFile },
        { label: 'Import Folder…', click: actions.importFolder },
        { type: 'separator' },
        { label: 'Show Environment in Its Folder', click: actions.showEnvironmentInFolder },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...development,
      ],
    },
    { role: 'windowMenu' },
  ]
}
