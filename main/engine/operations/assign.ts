import type { ResolvedRequest } from '../cascade/request.ts'
import { resolveAssignee } from '../cascade/request.ts'
import type { RecordInput } from '../contract/records.ts'
import { movesToOwnersUnit } from '../contract/settings.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import { runOf, setOwner } from '../store/changes.ts'
import type { OperationContext, RowSet } from './context.ts'
import { recordGone, writeColumns } from './update.ts'

type Assign = Extract<ResolvedRequest, { operation: 'Assign' }>

/**
 * Sets the new owner of the rows, whatever their current owner is. Skips deleted rows and returns the number of the
 * others. Source: dataverse reference, sections 1.7 and 2.3.
 */
export function assignRows({ connection, settings, request, change }: OperationContext<Assign>, { table, rows }: RowSet): number {
  const unit = movesToOwnersUnit(settings) ? request.owner.businessUnit : undefined
  return setOwner(connection, table, rows, request.owner.row, unit, change)
}

/** The same for one record, with the columns as its Pre stages left them: possibly another owner or further columns. */
export function assignRecord(context: OperationContext<Assign>, table: CompiledTable, row: number, { columns, call }: RecordEvent): void {
  const { ownerid, ...rest } = columns ?? {}
  if (isOwner(ownerid)) {
    const { request, connection, model } = context
    const isPlanned = typeof ownerid === 'object' && ownerid.id === request.owner.id
    const owner = isPlanned ? request.owner : resolveAssignee(connection, model, ownerid)
    const assigned = assignRows({ ...context, request: { ...request, owner } }, { table, rows: runOf(row, row) })
    if (assigned === 0) throw recordGone(context, table, row)
  }
  if (Object.keys(rest).length > 0) writeColumns(context, call, table, row, rest)
}

const isOwner = (value: RecordInput[string] | undefined): value is string | { table: string; id: string } =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value))
