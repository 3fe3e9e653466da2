import { jobText } from '#text/english/jobs'
import { verbatim } from '#text/english/verbatim'
import type { ErrorData } from '../contract/errors.ts'
import { namedMessageOf } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import { addJobMessage, getSystemJob } from '../store/system-jobs.ts'
import { asSentence, writeJobError } from './job-error.ts'
import { jobKindOf } from './kinds.ts'
import { moveJob, statusOf } from './states.ts'

/**
 * Takes a job out of the queue after an error that none of its records accounts for, so that other jobs go on. A job that can be resumed is
 * paused, any other has failed. The error and its stack stand in the job's messages. Does nothing to a job that has stopped by itself.
 */
export function haltJob(session: Session, jobId: string, error: ErrorData): void {
  const { connection, options } = session
  connection.write(() => {
    const nowMs = options.now()
    const waiting = getSystemJob(connection, jobId)
    if (statusOf(waiting) === 'Waiting') moveJob(connection, waiting, 'In Progress', nowMs)
    const job = getSystemJob(connection, jobId)
    if (statusOf(job) !== 'In Progress') return
    const kind = jobKindOf(job)
    kind.release?.(session, job)
    writeJobError(connection, job.number, error)
    addJobMessage(connection, job.number, {
      atMs: nowMs,
      level: 'error',
      code: error.platformCode,
      text: jobText.halted({ error: asSentence(namedMessageOf(error)) }),
    })
    const { stack } = error.details
    if (typeof stack === 'string')
      addJobMessage(connection, job.number, { atMs: nowMs, level: 'error', code: null, text: verbatim.text({ text: stack }) })
    moveJob(connection, job, kind.byHand ? 'Paused' : 'Failed', nowMs)
  })
}
