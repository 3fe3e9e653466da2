import { restrictEdges } from '../cascade/edges.ts'
import { deleteBlocked } from '../cascade/blockers.ts'
import { EngineError, recordNotFound } from '../errors.ts'
import type { CompiledRelationship } from '../model/compiled-model.ts'
import type { OperationContext, RowSet } from '../operations/context.ts'
import { edgeOf } from '../operations/context.ts'
import type { Merge } from '../operations/merge.ts'
import { findChildren, findMissing, findParents } from '../store/changes.ts'
import { firstItemOf, plannedAmong } from '../store/job-items.ts'
import { describeRow } from '../store/rows.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'

export interface BatchRange {
  first: number
  last: number
  /** Last item of the whole job. */
  end: number
}

/** Delete stops at a record that is gone, and at one that a Restrict child has come to hang on. Section 2.3. */
export function checkDelete({ connection, model, settings }: OperationContext, { table, action, rows }: RowSet, range: BatchRange): BatchFailure | undefined {
  const missing = findMissing(connection, table, rows)
  const missingItem = firstItemOf(connection, missing, range.first, range.last)
  const gone = missingItem === undefined ? undefined : { item: missingItem, error: recordNotFound(table.definition.logicalName, missing[0] ? describeRow(connection, table, missing[0]).id : '') }
  if (action !== 'delete') return gone
  const blocked = restrictEdges(model, table).map((edge) => {
    const children = findChildren(connection, edge, rows, 1_000).filter(({ row, parent }) => row !== parent)
    const planned = settings.restrictIgnoresRowsBeingDeleted ? plannedAmong(connection, children.map(({ row }) => row), range) : new Set()
    const blocking = children.filter(({ row }) => !planned.has(row))
    const item = firstItemOf(connection, blocking.map(({ parent }) => parent), range.first, range.last)
    if (item === undefined || !blocking[0]) return undefined
    const relationship = edge.relationship.definition.schemaName
    const listed = [{ record: describeRow(connection, edge.child, blocking[0].row), parent: describeRow(connection, table, blocking[0].parent), relationship, code: '', reason: '' }]
    return { item, error: deleteBlocked({ listed, count: blocking.length }) }
  })
  return earliest([gone, ...blocked])
}

/** With the parenting check on, each row below the moved ones must still hang where the plan found it. Section 3.5. */
export function checkParenting({ connection, model }: OperationContext<Merge>, { table, relationship, rows }: RowSet, range: BatchRange): BatchFailure | undefined {
  if (!relationship) return undefined
  const astray = findParents(connection, edgeOf(model, relationship), rows)
  const item = firstItemOf(connection, astray.map(({ row }) => row), range.first, range.last)
  const first = astray.find(({ row }) => firstItemOf(connection, [row], range.first, range.last) === item)
  if (item === undefined || !first) return undefined
  const record = describeRow(connection, table, first.row)
  const lost = first.current === null || !first.exists
  return { item, error: parentingError(record, relationship, lost) }
}

function parentingError(record: { table: string; id: string; name: string | null }, relationship: CompiledRelationship, lost: boolean): EngineError {
  const { attribute, referenced } = relationship.definition
  return new EngineError(
    'CASCADE_REFUSED',
    lost
      ? `Merge warning: sub-entity might lose its parenting: ${record.table} ${record.name ?? record.id} has lost its ${referenced} (${attribute}) since the merge was planned.`
      : `Merge warning: sub-entity will be differently parented: ${record.table} ${record.name ?? record.id} has got another ${referenced} (${attribute}) since the merge was planned.`,
    {
      platform: lost ? 'MergeLossOfParentingWarning' : 'MergeDifferentlyParentedWarning',
      hint: 'Give the record its parent back or delete it, or merge again without the parenting check.', details: { table: record.table, id: record.id, attribute },
    },
  )
}
