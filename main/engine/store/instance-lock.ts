import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import { sweepDrafts } from './draft.ts'
import { fileFailure } from './file-failure.ts'
import { isSameFile, statusOf } from './file-identity.ts'
import { checkFileName, locationOf } from './file-name.ts'
import { tryLock } from './lock-file.ts'
import { unusable } from './unusable.ts'

/** A lock that keeps other instances of the product away from an environment. */
export interface InstanceLock {
  /** Locks the file itself too, once it has been created. */
  holdFile(): void
  release(): void
}

/**
 * Locks an environment against a second instance of the product: a job that is In Progress when a file is opened was interrupted
 * only if no other instance has the file open. Two locks keep it away by whatever name it comes: one beside the file, through links,
 * for every user who sees that folder; one in the temporary folder by device and inode, for a file that was renamed meanwhile.
 * A file that has further names is refused, because SQLite keeps one log for each name; that of a draft whose process was killed is
 * removed before.
 * @throws ENVIRONMENT_UNUSABLE if another instance has the environment open, or if the file has several names.
 */
export function lockEnvironment(path: string): InstanceLock {
  const at = locationOf(path)
  checkFileName(at, path)
  sweepDrafts(dirname(at))
  const releases = [lock(`${at}.lock`, path)]
  const held: InstanceLock = {
    holdFile: () => void releases.push(lockFile(at, path)),
    release() {
      for (const release of releases.splice(0).reverse()) release()
    },
  }
  try {
    if (statusOf(at) !== undefined) held.holdFile()
    return held
  } catch (error) {
    held.release()
    throw fileFailure(error, path)
  }
}

/** Locks a file by what it is. Looks again afterwards, in case another has taken its place meanwhile. */
function lockFile(at: string, path: string): () => void {
  for (;;) {
    const before = statusOf(at)
    if (before === undefined) throw unusable(path, storeText.noFile, storeText.noFileHint)
    const release = lock(join(locksFolder(path), `${before.device}-${before.inode}.lock`), path)
    try {
      checkSingleName(at, path)
      if (isSameFile(before, statusOf(at))) return release
    } catch (error) {
      release()
      throw error
    }
    release()
  }
}

function checkSingleName(at: string, path: string): void {
  const status = statusOf(at)
  if (status?.isFile && status.links > 1n) throw unusable(path, storeText.severalNames, storeText.severalNamesHint)
}

function lock(lockPath: string, path: string): () => void {
  const release = tryToLock(lockPath, path)
  if (release !== undefined) return release
  throw new EngineError('ENVIRONMENT_UNUSABLE', storeText.openElsewhere({ path }), {
    hint: storeText.openElsewhereHint,
    details: { path },
  })
}

function tryToLock(lockPath: string, path: string): (() => void) | undefined {
  try {
    return tryLock(lockPath)
  } catch (error) {
    throw fileFailure(error, path, () => unusable(path, storeText.noLock({ lock: lockPath }), storeText.folderHint, error))
  }
}

/**
 * Returns the folder for locks by device and inode: one for each user, because a folder that all may write to would let each keep the
 * others from opening their files.
 * @throws ENVIRONMENT_UNUSABLE if the folder belongs to somebody else
 */
function locksFolder(path: string): string {
  const user = process.geteuid?.()
  const folder = join(tmpdir(), user === undefined ? 'cascade-workbench-locks' : `cascade-workbench-locks-${user}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || (user !== undefined && found.uid !== user))
    throw unusable(path, storeText.locksFolderForeign({ folder }), storeText.locksFolderHint)
  return folder
}
