import type { RowNumber } from '../../contract/loader.ts'
import type { CompiledRelationship, Edge } from '../../model/compiled-model.ts'
import type { PlannedChild } from '../../store/changes.ts'
import { deleteRows, keepDanglingTargets, keepTargets, removeLinkOf, removeLinks, rowsOf } from '../../store/changes.ts'
import { keepGone } from '../../store/gone-records.ts'
import { removeLinksOf } from '../../store/links.ts'
import { anythingShared, childrenWithInherited } from '../../store/shares.ts'
import { childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet } from '../context.ts'
import { edgeOf } from '../context.ts'
import { loseInherited } from '../inherit-access.ts'
import { writeColumns } from '../update.ts'
import { danglingEdges, removeLinkEdges } from './delete-edges.ts'

/**
 * Deletes a set of rows and returns how many there were. With them goes all that hangs on them alone: links of N:N relationships go, Remove Link lookups are emptied,
 * and lookups that no delete touches keep the GUID that they were shown with. Source: dataverse reference, section 1.7.
 */
export function deleteSet(context: OperationContext, { table, rows }: RowSet): number {
  const { connection, model } = context
  for (const edge of removeLinkEdges(model, table)) {
    const inheriting = anythingShared(connection) ? childrenWithInherited(connection, edge, rows) : []
    removeLinks(connection, edge, rows, touchOf(context))
    if (inheriting.length > 0) loseInherited(context, edge.child, rowsOf(inheriting))
  }
  keepGuids(context, { table, rows })
  keepGone(connection, table, rows, ownJobOf(context))
  for (const { relation, side } of model.linkSides(table)) removeLinksOf(connection, relation, side, rows)
  return deleteRows(connection, table, rows)
}

/** Returns the job that deletes what it has planned; 0 for any other delete, also one that a step of a job asks for. */
const ownJobOf = ({ call }: OperationContext): number => (call.depth === 1 ? (call.job?.number ?? 0) : 0)

/** Empties the lookup by which each of these rows was reached, if it still points to the planned parent. */
export function unlinkSet(context: OperationContext, relationship: CompiledRelationship, children: PlannedChild[]): number {
  const edge = edgeOf(context.model, relationship)
  const unlinked = removeLinkOf(context.connection, edge, children, touchOf(context))
  if (unlinked > 0) loseInherited(context, edge.child, rowsOf(children.map(({ row }) => row)))
  return unlinked
}

/** Empties the lookup of one row, as an Update of its own where steps listen to that. Returns whether it still pointed there. */
export function unlinkRecord(context: OperationContext, scope: CascadeScope, edge: Edge, row: RowNumber, parent: RowNumber): boolean {
  const { pipeline, settings, kind } = context
  const children = [{ row, parent }]
  const messages = kind.raisedMessages(settings, 'unlink')
  if (!pipeline.listens(messages, edge.child)) return unlinkSet(context, edge.relationship, children) > 0
  const event = childEvent(context, scope.below, edge.child, row, messages, { [edge.attribute]: null })
  pipeline.run(event, {
    main() {
      const { [edge.attribute]: link, ...rest } = event.columns ?? {}
      if (link === null) unlinkSet(context, edge.relationship, children)
      if (Object.keys(rest).length > 0) writeColumns(context, event.call, edge.child, row, rest)
    },
  })
  return true
}

/** Tables to which rows of all tables point as owner, creator and modifier, whether or not the model has relationships for it. */
const PRINCIPALS = new Set(['systemuser', 'team', 'businessunit'])

/** Keeps the GUIDs of rows to which others will still point. Without an index it keeps all, because a search would read whole tables. */
function keepGuids({ connection, model }: OperationContext, { table, rows }: RowSet): void {
  const edges = danglingEdges(model, table)
  if (PRINCIPALS.has(table.definition.logicalName) || edges.some(({ relationship }) => !isIndexed(relationship.definition)))
    keepTargets(connection, table, rows)
  else for (const edge of edges) keepDanglingTargets(connection, edge, rows)
}

/** Returns whether the store has an index on the lookup, see syncSchema. */
const isIndexed = ({ cascade }: { cascade: Record<string, string> }): boolean =>
  ['Assign', 'Merge', 'Reparent', 'Share', 'Unshare'].some((action) => cascade[action] !== 'NoCascade')

const touchOf = ({ settings, change }: OperationContext) => (settings.removeLinkUpdatesModifiedOn ? change : null)
