import type { ResolvedRequest } from '../cascade/planning-kind.ts'
import type { CascadeRequest } from '../contract/cascades.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel, CompiledRelationship, CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Change, Selection } from '../store/changes.ts'
import type { Connection } from '../store/connection.ts'
import type { OperationKind } from './kinds/operation-kind.ts'

/** What every change needs; the same during a whole transaction. */
export interface Work {
  connection: Connection
  model: CompiledModel
  settings: Settings
  pipeline: Pipeline
  nowMs: number
}

/** What applying a part of a cascade needs. */
export interface OperationContext<R extends ResolvedRequest = ResolvedRequest> extends Work {
  kind: OperationKind<CascadeRequest, R>
  request: R
  change: Change
  call: Call
}

/** What the steps on all records of one cascade share. */
export interface CascadeScope {
  /** The event of the request. */
  root: RecordEvent
  /** The call for all other records. */
  below: Call
  /** Returns those of these rows that belong to the plan of the cascade. */
  planned(rows: RowNumber[]): Set<RowNumber>
  /** How many unplanned children lie on the way here, each below the last. @default 0 */
  unplannedDepth?: number
}

/** Rows of one table with the same action. */
export interface RowSet {
  table: CompiledTable
  rows: Selection
}

/** Returns the edge by which the rows of a set were reached. */
export function edgeOf(model: CompiledModel, relationship: CompiledRelationship): Edge {
  const { referenced, referencing, attribute, cascade } = relationship.definition
  return { relationship, parent: model.table(referenced), child: model.table(referencing), attribute, behavior: cascade.Delete }
}

/** Returns the current model and settings, which stay the same until the end of a transaction. */
export function workOf(pipeline: Pipeline): Work {
  const { session } = pipeline
  return { connection: session.connection, model: session.model, settings: session.settings, pipeline, nowMs: session.options.now() }
}

export const changeOf = ({ nowMs }: Work, { user }: Call): Change => ({ nowMs, caller: user.row })
