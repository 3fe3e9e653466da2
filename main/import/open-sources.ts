import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FoundSource } from './detect.ts'
import { findSources } from './detect.ts'
import { openArchive } from './files/archive.ts'
import type { FileTree, SourceFile } from './files/file-tree.ts'
import { openFolder, openSingleFile } from './files/folder.ts'
import { readAll, readStart } from './files/read-limited.ts'
import { importFailed, messageOf } from './import-failed.ts'
import { LIMITS, ReadBudget } from './limits.ts'

const WHAT_WOULD_BE_RIGHT =
  'Give a solution (zip, unpacked folder, source-control folder or customizations.xml), metadata from the Web API or XrmMockup, or a data package of the Configuration Migration Tool.'

/**
 * Opens a file or folder, finds every source in it at any depth, and calls `use` with them; closes everything afterwards.
 * @throws IMPORT_FAILED if the path does not exist or holds no known source.
 */
export async function withSources<T>(path: string, use: (sources: FoundSource[]) => Promise<T>): Promise<T> {
  const budget = new ReadBudget()
  const open: FileTree[] = []
  try {
    const sources = await openAll(path, budget, open)
    if (sources.length === 0) throw importFailed(path, 'nothing in it is a known source', WHAT_WOULD_BE_RIGHT)
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
    throw importFailed(path, `there is nothing there (${messageOf(error)})`, 'Check the path.', error)
  })
  if (found.isDirectory()) return openFolder(path, budget)
  if (!found.isFile()) throw importFailed(path, 'it is neither a file nor a folder', WHAT_WOULD_BE_RIGHT)
  if (/^data(_schema)?\.xml$/i.test(basename(path))) return openDataFiles(dirname(path), budget)
  const file = await openSingleFile(path, budget)
  const [content] = file.files
  if (content && (await startsLikeArchive(content))) return openArchive(path, path, budget)
  if (/\.zip$/i.test(path)) throw importFailed(path, 'it is named like a zip archive and is none', 'Export or copy it again.')
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
    throw importFailed(
      file.location,
      `archives lie more than ${LIMITS.archiveDepth} deep inside each other`,
      'Unpack the outer archives first.',
    )
  return openArchive(file.location, await readAll(file.read(), file.location, LIMITS.nestedArchiveBytes), budget)
}

/** Returns whether a file is an archive. In folders the name is not enough: it may be a pointer of Git LFS. */
const isArchive = async (file: SourceFile, tree: FileTree): Promise<boolean> =>
  /\.zip$/i.test(file.path) && (tree.kind === 'zip' || (await startsLikeArchive(file)))

async function startsLikeArchive(file: SourceFile): Promise<boolean> {
  const start = await readStart(file.read(), 4)
  return start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5)
}
