import type { JobRow } from '../../store/jobs.ts'
import type { BatchRange } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import { readJob } from './batch-context.ts'
import { closeRange } from './close-range.ts'
import { faultOf, processRange } from './process-range.ts'

/** Runs records on which no step listens, set by set, inside the transaction of the caller. */
export function runSets(context: BatchContext, job: JobRow, range: BatchRange, ends: boolean): JobRow {
  const failure = range.last < range.first ? undefined : (faultOf(context, job, range) ?? processRange(context, job, range))
  closeRange(context, job, range, failure, ends)
  return readJob(context, job.number)
}
