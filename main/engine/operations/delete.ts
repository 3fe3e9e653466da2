import { danglingEdges, removeLinkEdges } from '../cascade/edges.ts'
import type { CompiledRelationship } from '../model/compiled-model.ts'
import type { PlannedChild } from '../store/changes.ts'
import { deleteLinks, deleteRows, forgetMaster, keepDanglingTargets, removeLinkOf, removeLinks } from '../store/changes.ts'
import type { OperationContext, RowSet } from './context.ts'
import { edgeOf } from './context.ts'

/**
 * Deletes a set of rows with all that hangs on them alone: links of N:N relationships go, Remove Link lookups are emptied,
 * and lookups that no delete touches keep the GUID that they were shown with. Source: dataverse reference, section 1.7.
 */
export function deleteSet(context: OperationContext, { table, rows }: RowSet): number {
  const { connection, model } = context
  for (const edge of removeLinkEdges(model, table)) removeLinks(connection, edge, rows, touchOf(context))
  if (table.definition.mergeable) forgetMaster(connection, table, rows, touchOf(context))
  for (const edge of danglingEdges(model, table)) if (isIndexed(edge.relationship.definition)) keepDanglingTargets(connection, edge, rows)
  for (const { intersectTable, side } of model.linkSides(table)) deleteLinks(connection, intersectTable, side, rows)
  return deleteRows(connection, table, rows)
}

/** Empties the one lookup by which each of these rows was reached, where it still points to the planned parent. */
export function unlinkSet(context: OperationContext, relationship: CompiledRelationship, children: PlannedChild[]): number {
  return removeLinkOf(context.connection, edgeOf(context.model, relationship), children, touchOf(context))
}

/** Without an index, finding who still points to a deleted row would read whole tables: system lookups such as createdby. */
const isIndexed = ({ cascade }: { cascade: Record<string, string> }): boolean =>
  ['Assign', 'Merge', 'Reparent', 'Share', 'Unshare'].some((action) => cascade[action] !== 'NoCascade')

const touchOf = ({ settings, change }: OperationContext) => (settings.removeLinkUpdatesModifiedOn ? change : null)
