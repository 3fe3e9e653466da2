import type { Dirent } from 'node:fs'
import { createReadStream } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { importText } from '#text/english/import'
import { importFailed, messageOf } from '../import-failed.ts'
import type { ReadBudget } from '../limits.ts'
import { checkCount, LIMITS } from '../limits.ts'
import type { FileTree, SourceFile } from './file-tree.ts'
import { readLimited } from './read-limited.ts'

/** Folders of tools, which contain no sources. */
const PASSED_OVER = new Set(['.git', '.svn', '.hg', 'node_modules', '.vs', '.idea'])

/**
 * Lists all files below a folder. A link to a file inside the folder counts as that file; links to folders inside are ignored,
 * since their content is listed at its own place.
 * @throws IMPORT_FAILED if a link leads out of the folder, or there are too many files.
 */
export async function openFolder(location: string, budget: ReadBudget): Promise<FileTree> {
  const root = await realpath(location)
  const files: SourceFile[] = []
  const waiting: { folder: string; depth: number }[] = [{ folder: root, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > LIMITS.folderDepth)
      throw importFailed(next.folder, importText.foldersTooDeep({ depth: LIMITS.folderDepth }), importText.foldersTooDeepHint)
    for (const entry of await entriesOf(next.folder)) {
      const path = join(next.folder, entry.name)
      if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) waiting.push({ folder: path, depth: next.depth + 1 })
      const target = entry.isSymbolicLink() ? await linkTarget(path, root) : path
      const found = target === undefined || entry.isDirectory() ? undefined : await stat(target)
      if (target === undefined || !found?.isFile()) continue
      files.push(toFile(relative(root, path).split(sep).join('/'), target, join(location, relative(root, path)), found.size, budget))
      checkCount(files.length, 'files', location)
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { kind: 'folder', location, files, close: () => {} }
}

/** Opens one file as a tree of its own. */
export async function openSingleFile(location: string, budget: ReadBudget): Promise<FileTree> {
  const { size } = await stat(location)
  return { kind: 'file', location, files: [toFile(basename(location), location, location, size, budget)], close: () => {} }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw importFailed(folder, importText.folderUnreadable({ reason: messageOf(error) }), importText.mayReadHint, error)
  }
}

async function linkTarget(path: string, root: string): Promise<string | undefined> {
  let target: string
  try {
    target = await realpath(path)
  } catch {
    return undefined // A dangling link has no content.
  }
  if (target !== root && !target.startsWith(root + sep)) throw importFailed(path, importText.linkLeadsOut, importText.linkLeadsOutHint)
  return target
}

function toFile(path: string, real: string, location: string, size: number, budget: ReadBudget): SourceFile {
  const failed = (error: unknown) =>
    importFailed(location, importText.cannotBeRead({ reason: messageOf(error) }), importText.mayReadHint, error)
  return { path, location, size, read: () => readLimited(createReadStream(real), location, budget, failed) }
}
