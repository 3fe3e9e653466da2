import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { getCascadeJob } from '../../store/cascade-jobs.ts'
import type { BatchRange } from './batch.ts'
import type { BatchContext } from './batch-context.ts'

/** Returns the positions of a job's next batch: what is left of one that was begun, or a new one. */
export function nextBatch(job: CascadeJobRow, batchSize: number): BatchRange {
  const first = job.first_item + job.position + 1
  const end = job.first_item + job.total
  return { first, last: job.batch_last ?? Math.min(first + batchSize - 1, end), end }
}

/**
 * The batch of a job that is under way, or a part of one: the positions that are meant, where the job stands, and what running them
 * needs. Code that writes the job's row calls `reread` or sets `job`, so that the row is read once for each range.
 */
export class BatchRun {
  readonly context: BatchContext
  readonly range: BatchRange
  /** Whether the range ends a batch, of which earlier parts may be done already. */
  readonly ends: boolean
  /** The job's row as this run knows it. */
  job: CascadeJobRow

  constructor(context: BatchContext, job: CascadeJobRow, range: BatchRange, ends: boolean) {
    this.context = context
    this.job = job
    this.range = range
    this.ends = ends
  }

  /** The next batch of a job, whole. */
  static next(context: BatchContext, job: CascadeJobRow): BatchRun {
    return new BatchRun(context, job, nextBatch(job, context.settings.batchSize), true)
  }

  get isEmpty(): boolean {
    return this.range.last < this.range.first
  }

  /** A part of this range; it ends the batch where it is the last part and the whole would. */
  part(first: number, last: number, nowMs = this.context.nowMs): BatchRun {
    const context = nowMs === this.context.nowMs ? this.context : { ...this.context, nowMs }
    return new BatchRun(context, this.job, { ...this.range, first, last }, this.ends && last === this.range.last)
  }

  /** Reads the job's row after it was written. */
  reread(): CascadeJobRow {
    this.job = getCascadeJob(this.context.connection, this.job.number)
    return this.job
  }
}
