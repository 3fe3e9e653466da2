import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'

/** Bytes below which a disk counts as full: SQLite takes 32 KB at once for its shared memory. */
const NEXT_TO_NOTHING = 128 * 1024

/** Returns a path on a full disk that work on a file needs: the file's own, or else the temporary folder; `undefined` if both have room. */
export function fullPlace(path: string): string | undefined {
  if (isFull(dirname(path))) return path
  return temporaryFolders().find(isFull)
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < NEXT_TO_NOTHING
  } catch {
    return false
  }
}

/** Where SQLite puts temporary tables, and Node temporary files. */
const temporaryFolders = (): string[] => [process.env.SQLITE_TMPDIR ?? tmpdir(), tmpdir()]
