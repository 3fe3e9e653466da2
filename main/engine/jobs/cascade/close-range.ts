import type { SetFailure } from '../../operations/set-failure.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import type { BatchRun } from './batch-run.ts'
import { completeJob, recordFailure } from './failures.ts'

/** Stores a job's position, inside the transaction of its records. */
export function closeRange({ context, job, range, ends }: BatchRun, failure: SetFailure | undefined): void {
  const { connection, nowMs } = context
  const done = (failure ? failure.item - 1 : range.last) - job.first_item
  const began = (job.batch_first ?? range.first) - job.first_item - 1
  const closes = failure !== undefined || ends
  cascadeJobStatements(connection).advance.run(done, closes && done > began ? 1 : 0, nowMs, job.number)
  if (closes) cascadeJobStatements(connection).endBatch.run(job.number)
  if (job.failing_item !== null && job.failing_item >= range.first && job.failing_item <= job.first_item + done)
    cascadeJobStatements(connection).countLastTry.run(job.number)
  if (failure) recordFailure(context, job, failure)
  else if (done === job.total) completeJob(context, job)
}
