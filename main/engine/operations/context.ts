import type { ResolvedRequest } from '../cascade/request.ts'
import type { CompiledModel, CompiledRelationship, CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Settings } from '../model.ts'
import type { Change, Selection } from '../store/changes.ts'
import type { Connection } from '../store/connection.ts'

/** What applying any part of a cascade needs. */
export interface OperationContext<R extends ResolvedRequest = ResolvedRequest> {
  connection: Connection
  model: CompiledModel
  settings: Settings
  request: R
  change: Change
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
