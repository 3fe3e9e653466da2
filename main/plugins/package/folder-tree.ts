import { open, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { packageText } from '#text/english/packages'
import { packageInvalid } from './package-invalid.ts'
import { LIMITS, type PackageTree, tooMuchText } from './package-tree.ts'

/** Opens a folder with all folders below it. */
export async function openFolderTree(folder: string): Promise<PackageTree> {
  const root = await realpath(folder)
  return { location: folder, names: () => readdir(root), read: (path) => readInside(root, path, folder) }
}

/** Opens a single module, with the modules beside it that it imports. */
export async function openModuleTree(file: string): Promise<PackageTree> {
  const tree = await openFolderTree(dirname(file))
  return { ...tree, location: file, module: basename(file) }
}

async function readInside(root: string, path: string, folder: string): Promise<Buffer | undefined> {
  const target = await realpath(join(root, path)).catch(() => undefined)
  if (target === undefined) return undefined
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep))
    throw packageInvalid({
      file: path,
      problem: packageText.linkLeadsOut({ folder }),
      hint: packageText.linkLeadsOutHint,
    })
  return readLimited(target, path)
}

async function readLimited(target: string, path: string): Promise<Buffer | undefined> {
  const file = await open(target).catch((cause: unknown) => {
    throw packageInvalid({ file: path, problem: packageText.cannotBeRead, hint: packageText.mayReadHint, cause })
  })
  try {
    const found = await file.stat()
    if (!found.isFile()) return undefined
    if (found.size > LIMITS.textBytes) throw tooMuchText(path)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
