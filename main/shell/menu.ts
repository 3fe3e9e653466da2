import type { MenuItemConstructorOptions } from 'electron'
import { inEnglish } from '#text/english'
import { menuText } from '#text/english/menu'

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
      label: inEnglish(menuText.file),
      submenu: [
        { label: inEnglish(menuText.openEnvironment), accelerator: 'CmdOrCtrl+O', click: actions.openEnvironment },
        { label: inEnglish(menuText.importFile), accelerator: 'CmdOrCtrl+I', click: actions.importFile },
        { label: inEnglish(menuText.importFolder), click: actions.importFolder },
        { type: 'separator' },
        { label: inEnglish(menuText.showInFolder), click: actions.showEnvironmentInFolder },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: inEnglish(menuText.view),
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
