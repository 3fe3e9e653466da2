import { EngineError } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import { isKnownTo, makeKnownTo } from '../store/known-to.ts'
import { systemJobStatements } from '../store/system-jobs.ts'

/**
 * Holds the open jobs of a file that this user does not know, until `continueJobs`. A file without open jobs is known from now on, since
 * whatever will be open in it was started here. Without a key of the user's, every file is known.
 */
export function holdJobsOfStrangers({ connection, held, options: { agreementKey } }: Session): void {
  if (agreementKey === undefined || isKnownTo(connection, agreementKey)) return
  const last = systemJobStatements(connection).lastOpen.get()?.number ?? null
  if (last !== null) {
    held.hold(last)
    return
  }
  try {
    makeKnownTo(connection, agreementKey)
  } catch (error) {
    // A full disk: the file is made known when it is opened the next time.
    if (!(error instanceof EngineError)) throw error
  }
}
