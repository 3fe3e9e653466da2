import type { JobFaults } from '../../contract/engine.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import type { Session } from '../../session/session.ts'
import type { Connection } from '../../store/connection.ts'
import type { PlanTable } from '../../store/plan-table.ts'

/** What running a part of a cascade's job needs. */
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

/** Collects what the session knows at this moment. */
export function batchContext(session: Session, pipeline: Pipeline, more: Pick<BatchContext, 'faults' | 'untilMs'> = {}): BatchContext {
  const { connection, model, settings, options, heldPlan } = session
  return { connection, model, settings, pipeline, nowMs: options.now(), heldPlan, ...more }
}
