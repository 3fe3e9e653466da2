import { constants, copyFileSync, existsSync } from 'node:fs'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { draftOf } from '#engine/store/draft'
import { fileFailure } from '#engine/store/file-failure'
import { locationOf } from '#engine/store/file-name'
import { lockEnvironment } from '#engine/store/instance-lock'

/**
 * Checks that a run may store its environment at a path, which must be free or hold an environment that is not open.
 * @throws ENVIRONMENT_UNUSABLE for another kind of file, or if the environment is open; STORE_BUSY if another program has it open
 */
export function checkReplaceable(path: string): void {
  const lock = lockEnvironment(path)
  try {
    settle(path)
  } finally {
    lock.release()
  }
}

/** Replaces a file atomically: a failure leaves the old one. */
export function replaceEnvironment(from: string, to: string): void {
  const lock = lockEnvironment(to)
  try {
    settle(to)
    replace(from, to)
  } finally {
    lock.release()
  }
}

/** Brings the log of an environment that was interrupted into its file, because it would be brought into the next one otherwise. */
function settle(path: string): void {
  if (existsSync(path)) openEngine({ path, mode: 'open', now: Date.now, newId: () => crypto.randomUUID() }).close()
  if (existsSync(`${locationOf(path)}-wal`))
    throw new EngineError('STORE_BUSY', `${path} is open in another program.`, { hint: 'Close it there, or choose another name.' })
}

function replace(from: string, to: string): void {
  try {
    const draft = draftOf(locationOf(to))
    try {
      copyFileSync(from, draft.path, constants.COPYFILE_EXCL)
      draft.replace()
    } finally {
      draft.discard()
    }
  } catch (error) {
    throw fileFailure(error, to, () => cannotBeKept(to, error))
  }
}

const cannotBeKept = (path: string, cause: unknown): EngineError =>
  new EngineError(
    'ENVIRONMENT_UNUSABLE',
    `The environment cannot be kept as ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { hint: 'Check that the folder exists and that you may write there.', cause },
  )
