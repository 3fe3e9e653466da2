const MODULE = /\.(ts|mts|js|mjs)$/i
const ARCHIVE = /\.(tgz|tar\.gz)$/i

/** The file types for a browser's file dialog. */
export const PLUGIN_FILES = '.ts,.mts,.js,.mjs,.tgz'

/** Returns whether a file is a module or an archive of npm, which only plug-ins can be. */
export const isPluginFile = (path: string): boolean => MODULE.test(path) || ARCHIVE.test(path)

/**
 * Returns whether a plug-in was dropped: a file is recognised by its name, a folder by its package.json. Must be called while the
 * drop event is handled.
 */
export async function isPlugin(dropped: DataTransfer): Promise<boolean> {
  const [entry, ...others] = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((found) => found !== null)
  if (entry === undefined || others.length > 0) return false
  return entry.isDirectory ? namesPlugin(entry as FileSystemDirectoryEntry) : isPluginFile(entry.name)
}

export async function namesPlugin(folder: FileSystemDirectoryEntry): Promise<boolean> {
  try {
    const file = await fileIn(folder, 'package.json')
    const parsed: unknown = JSON.parse(await file.text())
    return typeof parsed === 'object' && parsed !== null && 'cascadeWorkbench' in parsed
  } catch {
    return false // Without a valid package.json it is handled as an import, which reports what it is.
  }
}

const fileIn = (folder: FileSystemDirectoryEntry, name: string): Promise<File> =>
  new Promise((settle, fail) => folder.getFile(name, {}, (entry) => (entry as FileSystemFileEntry).file(settle, fail), fail))
