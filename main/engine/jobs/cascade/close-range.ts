import type { SetFailure } from '../../operations/set-failure.ts'
import type { JobRow } from '../../store/jobs.ts'
import { jobStatements } from '../../store/jobs.ts'
import type { BatchRange } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import { completeJob, recordFailure } from './failures.ts'

/** Stores a job's position, inside the transaction of its records. With `ends` the range ends a batch. */
export function closeRange(context: BatchContext, job: JobRow, range: BatchRange, failure: SetFailure | undefined, ends: boolean): void {
  const { connection, nowMs } = context
  const done = (failure ? failure.item - 1 : range.last) - job.first_item
  const began = (job.batch_first ?? range.first) - job.first_item - 1
  const closes = failure !== undefined || ends
  jobStatements(connection).advance.run(done, closes && done > began ? 1 : 0, nowMs, job.number)
  if (closes) jobStatements(connection).endBatch.run(job.number)
  if (job.failing_item !== null && job.failing_item >= range.first && job.failing_item <= job.first_item + done)
    jobStatements(connection).countLastTry.run(job.number)
  if (failure) recordFailure(context, job, failure)
  else if (done === job.total) completeJob(context, job)
}
