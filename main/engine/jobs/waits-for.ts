import { jobText } from '#text/english/jobs'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import { readStoredMessage } from '#text/stored-message'
import { JOB_KINDS } from '../contract/jobs.ts'
import type { Session } from '../session/session.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'
import { nextSystemJob } from '../store/system-jobs.ts'
import { statusOf } from './states.ts'

/** Says what a waiting job waits for: the time of its next try, with the error that names who holds its record, or a job before it. */
export function waitsFor({ connection, options, held }: Session, job: SystemJobRow): Message | null {
  if (statusOf(job) !== 'Waiting') return null
  if (held.isHeld(job.number)) return jobText.held({ job: job.name })
  const nowMs = options.now()
  if (job.postponeuntil !== null && job.postponeuntil > nowMs) {
    const error = job.message === null ? verbatim.text({ text: '' }) : readStoredMessage(job.message)
    return jobText.waitsForTry({ time: new Date(job.postponeuntil).toISOString(), error })
  }
  const before = JOB_KINDS.flatMap((kind) => nextSystemJob(connection, kind, { nowMs, except: [], held: held.range, after: 0 }) ?? [])
  const first = before.find(({ number }) => number !== job.number)
  const isNext = before.some(({ number }) => number === job.number)
  return first === undefined || isNext ? jobText.waitsForTurn : jobText.waitsForJob({ job: first.name })
}
