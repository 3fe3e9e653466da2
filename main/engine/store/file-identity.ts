import { statSync } from 'node:fs'
import type { FileIdentity } from '../contract/engine.ts'

/** What the file system says of a file. */
export interface FileStatus extends FileIdentity {
  /** Number of names that the file has. */
  links: bigint
  size: bigint
  modifiedNs: bigint
  isFile: boolean
}

/** Returns what the file system says of a file, through links; `undefined` if there is none. */
export function statusOf(path: string): FileStatus | undefined {
  try {
    const found = statSync(path, { bigint: true })
    return { device: found.dev, inode: found.ino, links: found.nlink, size: found.size, modifiedNs: found.mtimeNs, isFile: found.isFile() }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

export const isSameFile = (first: FileIdentity | undefined, second: FileIdentity | undefined): boolean =>
  first !== undefined && second !== undefined && first.device === second.device && first.inode === second.inode
