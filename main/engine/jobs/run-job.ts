import type { SystemJobRow } from '../store/system-jobs.ts'
import { getSystemJob, systemJobStatements } from '../store/system-jobs.ts'
import type { JobWork, SliceEnd } from './job-kind.ts'
import { jobKindOf } from './kinds.ts'
import { statusOf } from './states.ts'

/**
 * Runs slices of a job until the time is up or nothing more happens by itself, at least one. Returns nothing, or a promise of nothing
 * where the job's kind needs one.
 */
export function runSlices(work: JobWork, jobId: string): undefined | Promise<undefined> {
  const { connection } = work.session
  const found = getSystemJob(connection, jobId)
  // A thread may have died after it committed a job's last slice and before it said so.
  if (!isRunnable(found)) return undefined
  jobKindOf(found).prepare(work, found)
  const job = systemJobStatements(connection).byNumber.get(found.number) as SystemJobRow
  return statusOf(job) === 'In Progress' ? runPrepared(work, job) : undefined
}

function runPrepared(work: JobWork, job: SystemJobRow): undefined | Promise<undefined> {
  const goesOn = (end: SliceEnd) => end === 'advanced' && work.session.options.now() < work.untilMs
  for (;;) {
    // Somebody may have paused it since the last slice.
    if (statusOf(systemJobStatements(work.session.connection).byNumber.get(job.number) as SystemJobRow) !== 'In Progress') return undefined
    const end = jobKindOf(job).runSlice(work, job)
    if (end instanceof Promise) return end.then((ended) => (goesOn(ended) ? runPrepared(work, job) : undefined))
    if (!goesOn(end)) return undefined
  }
}

const isRunnable = (job: SystemJobRow): boolean => statusOf(job) === 'Waiting' || statusOf(job) === 'In Progress'
