import { RefusedError } from '../frame/bridge.ts'
import { shellText } from './texts.ts'

/** Folders of a source repository that no import reads and that contain most of its files. */
const LEFT_OUT = new Set(['.git', 'node_modules'])

/**
 * Returns all dropped files, including those of folders, each with its path as `webkitRelativePath`, which browsers set for a
 * chosen folder but not for a dropped one. Must be called while the drop event is handled.
 * Several files and folders become one source of the given name.
 */
export function droppedFiles(dropped: DataTransfer, name: string): Promise<File[]> {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const whole = [...dropped.files]
  return entries.some((entry) => entry.isDirectory) ? filesOf(entries, name) : Promise.resolve(whole)
}

/** Returns the files of entries; several entries share one folder of the given name, so that they are one source. */
export async function filesOf(entries: FileSystemEntry[], name: string): Promise<File[]> {
  const above = entries.length > 1 ? `${name}/` : ''
  const files = (await Promise.all(entries.map((entry) => walk(entry, above)))).flat()
  if (files.length === 0) throw new RefusedError(shellText.noFiles({ folder: entries[0]?.name ?? shellText.droppedFolder }))
  return files
}

async function walk(entry: FileSystemEntry, above: string): Promise<File[]> {
  const place = `${above}${entry.name}`
  if (isFile(entry)) return [placed(await new Promise<File>((settle, fail) => entry.file(settle, fail)), place)]
  if (!isFolder(entry) || LEFT_OUT.has(entry.name)) return []
  const files: File[] = []
  for (const child of await childrenOf(entry)) files.push(...(await walk(child, `${place}/`)))
  return files
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** Returns the entries of a folder. A reader returns some at a time, and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((settle, fail) => reader.readEntries(settle, fail))
    if (some.length === 0) return all
    all.push(...some)
  }
}

const placed = (file: File, webkitRelativePath: string): File =>
  Object.defineProperty(file, 'webkitRelativePath', { value: webkitRelativePath })
