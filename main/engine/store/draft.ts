import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileFailure } from './file-failure.ts'
import { lockedName, tryLock } from './lock-file.ts'

/** Names of drafts: short, so that whatever SQLite puts beside one has room, and hidden. */
const DRAFT = /^\.cascade-[0-9a-f]{16}\.draft/
/** What SQLite puts beside a file. */
export const BESIDE_FILE = ['-wal', '-shm', '-journal']

/** A file that is being made: under a name of its own in the folder where it will lie, so that a crash leaves nothing under its real name. */
export interface Draft {
  /** Where it lies meanwhile. */
  path: string
  /**
   * Puts the closed file in place, whole and on the disk.
   * @param name @default the target
   * @throws an error with the code EEXIST if something has the name by now; the draft stays
   */
  place(name?: string): void
  /** Puts the closed file in place of one that may exist. */
  replace(): void
  /** Removes the draft. Does nothing once it was put in place. */
  discard(): void
}

/** Begins a draft of a file that will lie at `target`, and removes drafts in its folder that nobody works on any more. */
export function draftOf(target: string): Draft {
  const folder = dirname(target)
  sweepDrafts(folder)
  const { path, release } = lockedName(() => join(folder, `.cascade-${randomBytes(8).toString('hex')}.draft`))
  let isLocked = true
  const end = () => {
    if (isLocked) release()
    isLocked = false
  }
  return {
    path,
    place(name = target) {
      sync(path)
      giveName(path, name)
      syncFolder(folder)
      end()
    },
    replace() {
      sync(path)
      renameSync(path, target)
      syncFolder(folder)
      end()
    },
    discard() {
      if (!isLocked) return
      removeWithLogs(path)
      end()
    },
  }
}

/** Removes the drafts in a folder whose process has ended. Leaves what it may not remove. */
export function sweepDrafts(folder: string): void {
  for (const name of namesIn(folder)) {
    const draft = DRAFT.exec(name)?.[0]
    if (draft !== undefined) sweep(join(folder, draft))
  }
}

function sweep(path: string): void {
  try {
    const release = tryLock(`${path}.lock`)
    if (release === undefined) return
    removeWithLogs(path)
    release()
  } catch (error) {
    if (fileFailure(error, path) === error) throw error
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // A folder that may not be listed, or is missing, is reported when a file is made in it.
    return []
  }
}

/** Removes a draft, which may be a folder, with what SQLite keeps beside it. */
function removeWithLogs(path: string): void {
  for (const ending of ['', ...BESIDE_FILE]) rmSync(path + ending, { recursive: true, force: true })
}

/** Gives a draft its real name and takes the draft's away. A link replaces no existing file, as a rename would. */
function giveName(draft: string, target: string): void {
  try {
    linkSync(draft, target)
  } catch (error) {
    if (!isWithoutLinks(error)) throw error
    // A file system without links: the name is taken by an empty file, which the draft then replaces.
    closeSync(openSync(target, 'wx'))
    renameSync(draft, target)
    return
  }
  rmSync(draft)
}

const isWithoutLinks = (error: unknown): boolean =>
  ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Waits until a file's content is on the disk. */
export function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Waits until the names in a folder are on the disk. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
