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
  /** Of a synchronous cascade that stands still, see Session. */
  heldPlan?: PlanTable | undefined
  /** When records with steps, which may take long, give others a turn; the batch is then gone on with. */
  untilMs?: number | undefined
}

/** The positions of a job's next batch: what is left of one that was begun, or a new one. */
export function nextBatch(job: JobRow, batchSize: number): BatchRange {
  const first = job.first_item + job.position + 1
  const end = job.first_item + job.total
  return { first, last: job.batch_last ?? Math.min(first + batchSize - 1, end), end }
}

export const readJob = ({ connection }: Pick<BatchContext, 'connection'>, number: number): JobRow =>
  jobStatements(connection).byNumber.get(number) as JobRow
