import type { ResolvedRequest } from '../cascade/request.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel, CompiledRelationship, CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Change, Selection } from '../store/changes.ts'
import type { Connection } from '../store/connection.ts'

/** What changing anything needs, the same for a whole transaction. */
export interface Work {
  connection: Connection
  model: CompiledModel
  settings: Settings
  pipeline: Pipeline
  nowMs: number
}

/** What applying any part of a cascade needs. */
export interface OperationContext<R extends ResolvedRequest = ResolvedRequest> extends Work {
  request: R
  change: Change
  call: Call
}

/** What the records of one cascade have in common for their steps. */
export interface CascadeScope {
  /** The event of what was asked for. */
  root: RecordEvent
  /** The request on each other record. */
  below: Call
  /** Those of these rows that the cascade will come to, or has come to. */
  planned(rows: RowNumber[]): Set<RowNumber>
  /** How many records lie on the way here that hung where nobody planned any, each below the last. @default 0 */
  strayDepth?: number
}

/** Rows of one table to which the same is done. */
export interface RowSet {
  table: CompiledTable
  rows: Selection
}

/** The edge by which the rows of a set were reached. */
export function edgeOf(model: CompiledModel, relationship: CompiledRelationship): Edge {
  const { referenced, referencing, attribute, cascade } = relationship.definition
  return { relationship, parent: model.table(referenced), child: model.table(referencing), attribute, behavior: cascade.Delete }
}

/** As it is now: model and settings stay the same until the end of a transaction. */
export function workOf(pipeline: Pipeline): Work {
  const { session } = pipeline
  return { connection: session.connection, model: session.model, settings: session.settings, pipeline, nowMs: session.options.now() }
}

export const changeOf = ({ nowMs }: Work, { user }: Call): Change => ({ nowMs, caller: user.row })
