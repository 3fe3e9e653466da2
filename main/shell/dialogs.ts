import { join } from 'node:path'
import type { BrowserWindow, Dialog, FileFilter, OpenDialogOptions } from 'electron'
import type { Dialogs } from '../ipc/method.ts'

export const ENVIRONMENT_FILES: FileFilter = { name: 'Cascade environment', extensions: ['cascade'] }
const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] }

type OpenKind = Parameters<Dialogs['chooseOpen']>[0]['kind']

const OPEN_OPTIONS: Record<OpenKind, OpenDialogOptions> = {
  environment: { title: 'Open environment', properties: ['openFile'], filters: [ENVIRONMENT_FILES, ALL_FILES] },
  import: {
    title: 'Import solution, metadata or data',
    properties: ['openFile'],
    filters: [{ name: 'Solutions and exports', extensions: ['zip', 'xml', 'json', 'yml', 'yaml'] }, ALL_FILES],
  },
  importFolder: { title: 'Import unpacked solution', properties: ['openDirectory'] },
  csv: {
    title: 'Import rows',
    properties: ['openFile'],
    filters: [{ name: 'Comma-separated values', extensions: ['csv', 'tsv', 'txt'] }, ALL_FILES],
  },
  plugin: {
    title: 'Install plug-in',
    properties: ['openFile'],
    filters: [{ name: 'Modules and packages', extensions: ['ts', 'mts', 'js', 'mjs', 'tgz'] }, ALL_FILES],
  },
  pluginFolder: { title: 'Install plug-in from its folder', properties: ['openDirectory'] },
}

/** Returns the system's dialogs, which open over the current window. */
export function nativeDialogs(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  window: () => BrowserWindow | null,
  folder: string,
): Dialogs {
  return {
    async chooseOpen({ kind }) {
      const owner = window()
      const options = OPEN_OPTIONS[kind]
      const { filePaths } = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options))
      return filePaths[0] ?? null
    },
    async chooseSave({ suggestedName }) {
      const owner = window()
      const options = { title: 'New environment', defaultPath: join(folder, suggestedName), filters: [ENVIRONMENT_FILES] }
      const { filePath, canceled } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options))
      return canceled || filePath === '' ? null : filePath
    },
  }
}
