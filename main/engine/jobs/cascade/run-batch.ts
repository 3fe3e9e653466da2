import type { JobRow } from '../../store/jobs.ts'
import type { BatchRange } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import { nextBatch, readJob } from './batch-context.ts'
import { runRecords } from './run-records.ts'
import { runSets } from './run-sets.ts'
import { listensToJob } from './units.ts'

/**
 * Runs the next batch of a job that is In Progress, from its stored position. A failing record does not undo others: the batch
 * commits up to it. Records without steps share one transaction with the job's position; each record with steps has its own.
 */
export function runBatch(context: BatchContext, jobNumber: number): JobRow {
  const job = readJob(context, jobNumber)
  return runRange(context, job, nextBatch(job, context.settings.batchSize), true)
}

/** Runs a range. With `ends` the range ends a batch, earlier parts of which may be committed already. */
export function runRange(context: BatchContext, job: JobRow, range: BatchRange, ends: boolean): JobRow {
  return range.last >= range.first && listensToJob(context, job)
    ? runRecords(context, job, range, ends)
    : context.pipeline.transact(() => runSets(context, readJob(context, job.number), range, ends))
}
