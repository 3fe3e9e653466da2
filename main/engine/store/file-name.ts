import { realpathSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { storeText } from '#text/english/store'
import { unusable } from './unusable.ts'

/** Bytes of a file's name on the usual file systems. */
const LONGEST_NAME = 255
/** Bytes of a path that SQLite opens. */
const LONGEST_PATH = 512
/** The longest that SQLite and the product add to a name: `-journal`. */
const ROOM_BESIDE = 8

/** Returns where a file lies, or will lie: an absolute path through no link. */
export function locationOf(path: string): string {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    // There is no such file yet, or its link leads nowhere; the folder counts then.
  }
  try {
    return join(realpathSync(dirname(absolute)), basename(absolute))
  } catch (error) {
    throw unusable(path, storeText.noFolder, storeText.folderHint, error)
  }
}

/**
 * Checks that a file of this name can be opened, with what SQLite writes beside it.
 * @throws ENVIRONMENT_UNUSABLE if its name or path is too long, or if it begins or ends with a space, which SQLite would leave out
 */
export function checkFileName(at: string, path: string): void {
  const nameBytes = Buffer.byteLength(basename(at))
  if (nameBytes > LONGEST_NAME - ROOM_BESIDE)
    throw unusable(path, storeText.nameTooLong({ most: LONGEST_NAME - ROOM_BESIDE }), storeText.nameTooLongHint)
  if (Buffer.byteLength(at) > LONGEST_PATH - ROOM_BESIDE)
    throw unusable(path, storeText.pathTooLong({ most: LONGEST_PATH - ROOM_BESIDE }), storeText.nameTooLongHint)
  if (at !== at.trim()) throw unusable(path, storeText.spaceAround, storeText.spaceAroundHint)
}

/** Returns a path beside a file that ends in `ending`, with the file's name cut where both would be too long. */
export function besideWith(at: string, ending: string): string {
  const room = LONGEST_NAME - Buffer.byteLength(ending)
  if (Buffer.byteLength(basename(at)) <= room) return at + ending
  const extension = extname(at)
  let stem = [...basename(at, extension)]
  while (Buffer.byteLength(stem.join('') + extension) > room) stem = stem.slice(0, -1)
  return join(dirname(at), stem.join('') + extension + ending)
}
