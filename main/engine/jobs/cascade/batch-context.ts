import type { JobFaults } from '../../contract/engine.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import type { Connection } from '../../store/connection.ts'
import type { JobRow } from '../../store/jobs.ts'
import { jobStatements } from '../../store/jobs.ts'
import type { PlanTable } from '../../store/plan-table.ts'
import type { BatchRange } from './batch.ts'

/** What running a part of a job needs. */
export interface BatchContext {
  connection: Connection
  model: CompiledModel
  settings: Settings
  pipeline: Pipeline
  nowMs: number
  faults?: JobFaults | undefined
  /** The plan of a synchronous cascade that a watcher has stopped, see Session. */
  heldPlan?: PlanTable | undefined
  /** When to interrupt records with steps, which may take long, so that others can write; the batch continues afterwards. */
  untilMs?: number | undefined
}

/** Returns the positions of a job's next batch: the rest of an unfinished one, or a new one. */
export function nextBatch(job: JobRow, batchSize: number): BatchRange {
  const first = job.first_item + job.position + 1
  const end = job.first_item + job.total
  return { first, last: job.batch_last ?? Math.min(first + batchSize - 1, end), end }
}

export const readJob = ({ connection }: Pick<BatchContext, 'connection'>, number: number): JobRow =>
  jobStatements(connection).byNumber.get(number) as JobRow
