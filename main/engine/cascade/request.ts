import type { CascadeRequest } from '../contract/cascades.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordInput } from '../contract/records.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { storedInput } from '../store/records.ts'
import type { OwnerRow } from '../store/rows.ts'
import { findOwner, getRow } from '../store/rows.ts'

/** A request with its table, rows and assignee looked up. */
export type ResolvedRequest =
  | { operation: 'Assign'; table: CompiledTable; root: RowNumber; owner: OwnerRow }
  | { operation: 'Delete'; table: CompiledTable; root: RowNumber }
  | { operation: 'Merge'; table: CompiledTable; root: RowNumber; target: RowNumber; content: RecordInput; parentingCheck: boolean }

/**
 * Looks up the table, rows and assignee of a request.
 * @throws RECORD_NOT_FOUND for a missing record, INPUT_INVALID for an unknown table, an assignee who cannot own
 * records or content that does not fit. Source: dataverse reference, sections 4.1 and 4.4.
 */
export function resolveRequest(connection: Connection, model: CompiledModel, request: CascadeRequest): ResolvedRequest {
  switch (request.operation) {
    case 'Assign': {
      const table = model.table(request.record.table)
      const root = getRow(connection, table, request.record.id)
      if (!table.hasOwner)
        throw inputInvalid(`Rows of ${table.definition.logicalName} have no owner: the table is ${table.definition.ownership}.`, {
          table: table.definition.logicalName,
        })
      return { operation: 'Assign', table, root, owner: resolveAssignee(connection, model, request.to) }
    }
    case 'Delete': {
      const table = model.table(request.record.table)
      return { operation: 'Delete', table, root: getRow(connection, table, request.record.id) }
    }
    case 'Merge': {
      const table = model.table(request.target.table)
      if (request.subordinate.table !== request.target.table)
        throw inputInvalid(`Merge takes two rows of one table, not ${request.target.table} and ${request.subordinate.table}.`, {
          target: request.target,
          subordinate: request.subordinate,
        })
      const target = getRow(connection, table, request.target.id)
      const root = getRow(connection, table, request.subordinate.id)
      const content = request.content ?? {}
      // Values that do not fit must stop the merge before anything is planned.
      storedInput(connection, model, table, content)
      return { operation: 'Merge', table, root, target, content, parentingCheck: request.parentingCheck ?? true }
    }
  }
}

/** Looks up the table and the assignee of an earlier request again. @throws as `resolveAssignee` does */
export function renewRequest(connection: Connection, model: CompiledModel, request: ResolvedRequest): ResolvedRequest {
  const table = model.tableByNumber(request.table.number)
  if (request.operation !== 'Assign') return { ...request, table }
  const { table: ownerTable, id } = request.owner
  return { ...request, table, owner: resolveAssignee(connection, model, { table: ownerTable, id }) }
}

/** Looks up an assignee. @throws INPUT_INVALID with 0x80040210 for an unknown one, 0x80040225 for a disabled user */
export function resolveAssignee(connection: Connection, model: CompiledModel, to: CascadeRequestAssignee): OwnerRow {
  const owner = findOwner(connection, model, to)
  const given = typeof to === 'string' ? `"${to}"` : `${to.table} ${to.id}`
  if (!owner)
    throw new EngineError('INPUT_INVALID', `There is no user or team ${given} to assign to.`, {
      platform: 'InvalidAssigneeId',
      hint: 'Choose an existing user or team.',
      details: { to },
    })
  if (owner.disabled)
    throw new EngineError(
      'CASCADE_REFUSED',
      `The specified user ${owner.name} is either disabled or is not a member of any business unit.`,
      {
        platform: 'unManagedidsusernotenabled',
        hint: 'Enable the user, or assign to somebody else.',
        details: { to },
      },
    )
  return owner
}

type CascadeRequestAssignee = Extract<CascadeRequest, { operation: 'Assign' }>['to']
