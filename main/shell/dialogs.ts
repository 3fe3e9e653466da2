import { basename, join } from 'node:path'
import type { BrowserWindow, Dialog, FileFilter, MessageBoxOptions, OpenDialogOptions } from 'electron'
import { inEnglish } from '#text/english'
import { dialogText } from '#text/english/dialogs'
import { questionText } from '#text/english/questions'
import type { Dialogs } from '../ipc/method.ts'
import type { PermissionQuestion } from '../session/session-plugins.ts'

const { title, files } = dialogText

export const ENVIRONMENT_FILES: FileFilter = { name: inEnglish(files.environment), extensions: ['cascade'] }
const ALL_FILES: FileFilter = { name: inEnglish(files.all), extensions: ['*'] }

type OpenKind = Parameters<Dialogs['chooseOpen']>[0]['kind']

const OPEN_OPTIONS: Record<OpenKind, OpenDialogOptions> = {
  environment: { title: inEnglish(title.environment), properties: ['openFile'], filters: [ENVIRONMENT_FILES, ALL_FILES] },
  import: {
    title: inEnglish(title.import),
    properties: ['openFile'],
    filters: [{ name: inEnglish(files.import), extensions: ['zip', 'xml', 'json', 'yml', 'yaml'] }, ALL_FILES],
  },
  importFolder: { title: inEnglish(title.importFolder), properties: ['openDirectory'] },
  csv: {
    title: inEnglish(title.csv),
    properties: ['openFile'],
    filters: [{ name: inEnglish(files.csv), extensions: ['csv', 'tsv', 'txt', 'xlsx'] }, ALL_FILES],
  },
  plugin: {
    title: inEnglish(title.plugin),
    properties: ['openFile'],
    filters: [{ name: inEnglish(files.plugin), extensions: ['ts', 'mts', 'js', 'mjs', 'tgz'] }, ALL_FILES],
  },
  pluginFolder: { title: inEnglish(title.pluginFolder), properties: ['openDirectory'] },
}

/** Returns the system's dialogs, which open over the current window. */
export function nativeDialogs(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>,
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
      const options = {
        title: inEnglish(title.newEnvironment),
        defaultPath: join(folder, basename(suggestedName)),
        filters: [ENVIRONMENT_FILES],
      }
      const { filePath, canceled } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options))
      return canceled || filePath === '' ? null : filePath
    },
    async confirmPermissions(question) {
      const owner = window()
      const options = permissionBox(question)
      const { response } = await (owner ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options))
      return response === ALLOW
    },
    withdraw: () => undefined,
  }
}

const ALLOW = 1

/** Returns the options of a message box in which Enter and Escape allow nothing. */
function permissionBox({ plugin, version, source, permissions, contentHash, isDeveloped }: PermissionQuestion): MessageBoxOptions {
  const text = questionText.permissions
  const detail = [
    text.plugin({ plugin, version, source }),
    [text.asks, ...permissions.map((permission) => text.permission[permission])],
    isDeveloped ? text.developed : [],
    text.hash({ hash: contentHash }),
  ]
  return {
    type: 'warning',
    title: inEnglish(questionText.page.product),
    message: inEnglish(text.title({ plugin })),
    detail: detail
      .map((part) => [part].flat().map(inEnglish).join('\n• '))
      .filter((part) => part !== '')
      .join('\n\n'),
    buttons: [inEnglish(text.refuse), inEnglish(text.allow)],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
}
