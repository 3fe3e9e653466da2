const MODULE = /\.(ts|mts|js|mjs)$/i
const ARCHIVE = /\.(tgz|tar\.gz)$/i

/** For a browser's file dialog. */
export const PLUGIN_FILES = '.ts,.mts,.js,.mjs,.tgz'

/** Module files and npm's archives: nothing else in the app takes them. */
export const isPluginFile = (path: string): boolean => MODULE.test(path) || ARCHIVE.test(path)

/**
 * Whether what was dropped is a plug-in: one file by its name, a folder by what its package.json says. Call it while the drop event
 * is handled.
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
    return false // No package.json, or one that is none: what it is else, the import says.
  }
}

const fileIn = (folder: FileSystemDirectoryEntry, name: string): Promise<File> =>
  new Promise((settle, fail) => folder.getFile(name, {}, (entry) => (entry as FileSystemFileEntry).file(settle, fail), fail))
