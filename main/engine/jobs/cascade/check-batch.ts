import { reason as reasons } from '#text/english/reasons'
import { deleteBlocked } from '../../cascade/blockers.ts'
import { restrictEdges } from '../../cascade/edges.ts'
import { EngineError, recordNotFound } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { CompiledRelationship, Edge } from '../../model/compiled-model.ts'
import type { OperationContext } from '../../operations/context.ts'
import { edgeOf } from '../../operations/context.ts'
import type { Merge } from '../../operations/merge.ts'
import { findAstray, findChildren, findMissing } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import type { JobRange } from '../../store/job-items.ts'
import { plannedAmong } from '../../store/job-items.ts'
import { describeRow, unknownRow } from '../../store/rows.ts'
import type { BatchSet } from './batch.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'

/** Returns the first record of a delete that was deleted meanwhile or has a new Restrict child. Section 2.3. */
export function checkDelete(operation: OperationContext, set: BatchSet, range: JobRange): BatchFailure | undefined {
  // A row to be unlinked may have been deleted; its link needs no emptying then.
  if (set.action !== 'delete') return undefined
  return earliest([
    checkPresent(operation, set),
    ...restrictEdges(operation.model, set.table).map((edge) => checkRestrict(operation, set, edge, range)),
  ])
}

/** Returns the first missing row. A merge is planned again without such rows. Section 2.3. */
export function checkPresent({ connection }: OperationContext, set: BatchSet): BatchFailure | undefined {
  const missing = findMissing(connection, set.table, set.rows, set.rowNumbers, set.size)
  const item = set.firstPosition(missing)
  const gone = missing.find((row) => set.firstPosition([row]) === item)
  return item === undefined || gone === undefined ? undefined : { item, error: plannedRecordGone(connection, set, gone) }
}

/** Makes the error of a deleted row, whose GUID is unknown unless it was kept for a link. */
function plannedRecordGone(connection: Connection, { table }: BatchSet, row: RowNumber): EngineError {
  const { logicalName } = table.definition
  const { id } = describeRow(connection, table, row)
  if (id !== unknownRow(table).id) return recordNotFound(logicalName, id)
  return new EngineError('RECORD_NOT_FOUND', `${logicalName} Does Not Exist: a record of the plan was deleted after it was planned.`, {
    platform: 'ObjectDoesNotExist',
    hint: 'Execute the job again: the new plan does without the record.',
    details: { table: logicalName, row },
  })
}

function checkRestrict({ connection, settings }: OperationContext, set: BatchSet, edge: Edge, range: JobRange): BatchFailure | undefined {
  const children = findChildren(connection, edge, set.rows).filter(({ row, parent }) => row !== parent)
  const planned = settings.restrictIgnoresRowsBeingDeleted
    ? plannedAmong(
        connection,
        children.map(({ row }) => row),
        range,
      )
    : new Set()
  const blocking = children.filter(({ row }) => !planned.has(row))
  const item = set.firstPosition(blocking.map(({ parent }) => parent))
  if (item === undefined || !blocking[0]) return undefined
  const relationship = edge.relationship.definition.schemaName
  const record = describeRow(connection, edge.child, blocking[0].row)
  const parent = describeRow(connection, set.table, blocking[0].parent)
  return {
    item,
    error: deleteBlocked({
      listed: [{ record, parent, relationship, code: '0x80040227', reason: reasons.restricted({ relationship }) }],
      count: blocking.length,
    }),
  }
}

/** With the parenting check on, returns the first row below the moved ones whose parent is not the planned one. Section 3.5. */
export function checkParenting({ connection, model }: OperationContext<Merge>, set: BatchSet): BatchFailure | undefined {
  if (!set.relationship) return undefined
  const astray = findAstray(connection, edgeOf(model, set.relationship), set.children())
  const item = set.firstPosition(astray.map(({ row }) => row))
  const first = astray.find(({ row }) => set.firstPosition([row]) === item)
  if (item === undefined || !first) return undefined
  const record = describeRow(connection, set.table, first.row)
  return { item, error: parentingError(record, set.relationship, first.current === null || !first.parentExists) }
}

function parentingError(
  record: { table: string; id: string; name: string | null },
  relationship: CompiledRelationship,
  lost: boolean,
): EngineError {
  const { attribute, referenced } = relationship.definition
  return new EngineError(
    'CASCADE_REFUSED',
    lost
      ? `Merge warning: sub-entity might lose its parenting: ${record.table} ${record.name ?? record.id} has lost its ${referenced} (${attribute}) since the merge was planned.`
      : `Merge warning: sub-entity will be differently parented: ${record.table} ${record.name ?? record.id} has got another ${referenced} (${attribute}) since the merge was planned.`,
    {
      platform: lost ? 'MergeLossOfParentingWarning' : 'MergeDifferentlyParentedWarning',
      hint: 'Give the record its parent back or delete it, or merge again without the parenting check.',
      details: { table: record.table, id: record.id, attribute },
    },
  )
}
