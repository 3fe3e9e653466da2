import type { ResolvedRequest } from '../cascade/request.ts'
import type { PlanAction } from '../contract/cascades.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { CompiledRelationship, CompiledTable } from '../model/compiled-model.ts'
import { identifyPresent } from '../store/identities.ts'
import { assignRecord } from './assign.ts'
import { callUnder, childEvent, raisedMessages } from './cascade-events.ts'
import type { CascadeScope, OperationContext } from './context.ts'
import { edgeOf } from './context.ts'
import { unlinkRecord } from './delete.ts'
import { adoptRecord, moveRecord } from './merge.ts'
import { deleteRecord } from './strays.ts'

/** One record of a plan. */
export interface PlannedRecord {
  table: CompiledTable
  /** Whether it is the root of the cascade. */
  isRoot: boolean
  action: PlanAction
  relationship: CompiledRelationship | null
  row: RowNumber
  parent: RowNumber | null
}

/**
 * Applies the operation to one record and runs the steps that listen. Returns whether there was anything to do: the row may have been
 * deleted or changed since it was planned.
 */
export function applyRecord(context: OperationContext, scope: CascadeScope, record: PlannedRecord): boolean {
  const { request, connection } = context
  const { table, row, relationship } = record
  if (!identifyPresent(connection, table, row)) return false
  switch (record.action) {
    case 'assign':
      return request.operation === 'Assign' && applyAssign({ ...context, request }, scope, record)
    case 'delete':
      deleteRecord(context, scope, table, row, record.isRoot ? 'root' : relationship)
      return true
    case 'unlink':
      return (
        relationship !== null &&
        record.parent !== null &&
        unlinkRecord(context, scope, edgeOf(context.model, relationship), row, record.parent)
      )
    case 'move':
      return request.operation === 'Merge' && moveRecord({ ...context, request }, scope, table, row)
    case 'check':
      return request.operation === 'Merge' && relationship !== null && record.parent !== null
        ? adoptRecord({ ...context, request }, scope, relationship, { row, parent: record.parent })
        : false
    case 'merge':
      return true
  }
}

function applyAssign(
  context: OperationContext<Extract<ResolvedRequest, { operation: 'Assign' }>>,
  scope: CascadeScope,
  { table, row, isRoot, action, relationship }: PlannedRecord,
): boolean {
  const { pipeline, settings, request } = context
  const columns = { ownerid: { table: request.owner.table, id: request.owner.id } }
  const event = isRoot
    ? scope.root
    : childEvent(
        context,
        callUnder(context, scope, relationship, table, row),
        table,
        row,
        raisedMessages(settings, request, action),
        columns,
      )
  pipeline.run(event, { main: () => assignRecord(context, table, row, event) })
  return true
}
