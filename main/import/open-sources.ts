import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { importText } from '#text/english/import'
import type { FoundSource } from './detect.ts'
import { findSources } from './detect.ts'
import { openArchive } from './files/archive.ts'
import type { FileTree, SourceFile } from './files/file-tree.ts'
import { openFolder, openSingleFile } from './files/folder.ts'
import { readAll, readStart } from './files/read-limited.ts'
import { importFailed, messageOf } from './import-failed.ts'
import { LIMITS, ReadBudget } from './limits.ts'

/**
 * Opens a file or folder, finds every source in it at any depth, and calls `use` with them; closes everything afterwards.
 * @throws IMPORT_FAILED if the path does not exist or holds no known source.
 */
export async function withSources<T>(path: string, use: (sources: FoundSource[]) => Promise<T>): Promise<T> {
  const budget = new ReadBudget()
  const open: FileTree[] = []
  try {
    const sources = await openAll(path, budget, open)
    if (sources.length === 0) throw importFailed(path, importText.noKnownSource, importText.knownSourcesHint)
    return await use(sources)
  } finally {
    for (const tree of open.reverse()) tree.close()
  }
}

async function openAll(path: string, budget: ReadBudget, open: FileTree[]): Promise<FoundSource[]> {
  const waiting: { tree: FileTree; depth: number }[] = []
  const add = (tree: FileTree, depth: number) => {
    open.push(tree)
    waiting.push({ tree, depth })
  }
  add(await openTree(path, budget), 0)
  const sources: FoundSource[] = []
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { tree, depth } = next
    const found = await findSources(tree)
    sources.push(...found)
    // Archives inside a solution are web resources and packages of controls, never sources.
    if (tree.kind === 'zip' && found.some(({ inspection, root }) => inspection.format === 'solution-zip' && root === '')) continue
    for (const file of tree.files) if (await isArchive(file, tree)) add(await openInner(file, tree, depth, budget), depth + 1)
  }
  return sources.sort((a, b) => (a.inspection.path < b.inspection.path ? -1 : 1))
}

async function openTree(path: string, budget: ReadBudget): Promise<FileTree> {
  const found = await stat(path).catch((error: unknown) => {
    throw importFailed(path, importText.nothingThere({ reason: messageOf(error) }), importText.checkPathHint, error)
  })
  if (found.isDirectory()) return openFolder(path, budget)
  if (!found.isFile()) throw importFailed(path, importText.notAFileNorFolder, importText.knownSourcesHint)
  if (/^data(_schema)?\.xml$/i.test(basename(path))) return openDataFiles(dirname(path), budget)
  const file = await openSingleFile(path, budget)
  const [content] = file.files
  if (content && (await startsLikeArchive(content))) return openArchive(path, path, budget)
  if (/\.zip$/i.test(path)) throw importFailed(path, importText.namedLikeZip, importText.namedLikeZipHint)
  return file
}

/** Opens the files of a data package that lie beside each other, without other files of their folder. */
async function openDataFiles(folder: string, budget: ReadBudget): Promise<FileTree> {
  const names = (await readdir(folder)).filter((name) => /^data(_schema)?\.xml$/i.test(name))
  const trees = await Promise.all(names.map((name) => openSingleFile(join(folder, name), budget)))
  return { kind: 'folder', location: folder, files: trees.flatMap(({ files }) => files), close: () => {} }
}

async function openInner(file: SourceFile, outer: FileTree, depth: number, budget: ReadBudget): Promise<FileTree> {
  if (outer.kind === 'folder') return openArchive(file.location, file.location, budget)
  if (depth + 1 > LIMITS.archiveDepth)
    throw importFailed(file.location, importText.archivesTooDeep({ depth: LIMITS.archiveDepth }), importText.archivesTooDeepHint)
  return openArchive(file.location, await readAll(file.read(), file.location, LIMITS.nestedArchiveBytes), budget)
}

/** Returns whether a file is an archive. In folders the name is not enough: it may be a pointer of Git LFS. */
const isArchive = async (file: SourceFile, tree: FileTree): Promise<boolean> =>
  /\.zip$/i.test(file.path) && (tree.kind === 'zip' || (await startsLikeArchive(file)))

async function startsLikeArchive(file: SourceFile): Promise<boolean> {
  const start = await readStart(file.read(), 4)
  return start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5)
}
