import { operationText } from '#text/english/operations'
import { aboutRecord, inputInvalid } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordInput, RecordRef } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { rightsOf } from '../store/caller-rights.ts'
import type { EntityRow } from '../store/entity-rows.ts'
import { findEntityRow, toEntityInput } from '../store/entity-rows.ts'
import { completePrincipal, isPrincipalTable } from '../store/new-principals.ts'
import type { OwnerRow } from '../store/owners.ts'
import { isOwnerInput } from '../store/owners.ts'
import { insertRecord, storedInput } from '../store/records.ts'
import { findRow } from '../store/rows.ts'
import type { StoredRow } from '../store/values.ts'
import { resolveAssignee } from './assignee.ts'
import { requireCreate, requireLookups, requireReadingOwner } from './authorize.ts'
import { checkCaseHierarchy } from './case-hierarchy.ts'
import { checkColumnLimits, checkMandatory } from './column-limits.ts'
import type { Work } from './context.ts'
import { resolveUnit } from './kinds/new-owner.ts'
import { checkStatus, withStatus } from './record-update.ts'
import { inheritAtBirth } from './reparent.ts'
import { splitUpdate } from './split-update.ts'

/** Makes the event of a new record, before anything is written. */
export function createEvent({ connection, model, pipeline }: Work, call: Call, table: CompiledTable, values: RecordInput): RecordEvent {
  const { logicalName, primaryId } = table.definition
  const { [primaryId]: givenId, ...rest } = values
  const id = givenId === undefined || givenId === null ? pipeline.session.options.newId() : String(givenId).toLowerCase()
  const columns = pipeline.listens(['Create'], table)
    ? aboutNew(table, id, rest, () => toEntityInput(connection, model, table, rest))
    : rest
  return new RecordEvent({
    call,
    table,
    row: null,
    record: { table: logicalName, id },
    messages: [new RaisedMessage('Create')],
    columns,
    isValidated: true,
  })
}

/** Runs work for a record that does not exist yet. A failure that names no record is then about that. */
function aboutNew<T>(table: CompiledTable, id: string, values: RecordInput, work: () => T): T {
  const { logicalName, primaryName } = table.definition
  const name = values[primaryName ?? '']
  try {
    return work()
  } catch (error) {
    throw aboutRecord(error, () => ({ table: logicalName, id, name: typeof name === 'string' ? name : null }))
  }
}

/** Creates the record and runs its steps; PreValidation has run. @throws INPUT_INVALID for an id that is taken or columns that do not fit */
export function createRecord(work: Work, event: RecordEvent): RecordRef {
  const { table, record } = event
  if (!table || !record) throw new Error('A record is made in a table')
  const columns = event.columns ?? {}
  aboutNew(table, record.id, columns, () => authorize(work, event.call, table, columns))
  work.pipeline.run(event, {
    main() {
      event.row = insert(work, event.call, table, record.id, event.columns ?? {})
      for (const message of event.messages) message.output = JSON.stringify({ id: record.id })
      if (work.settings.createTargetHasBusinessUnit && table.hasOwner)
        event.columns = { ...event.columns, ...businessUnitOf(work, table, event.row) }
    },
  })
  return record
}

/** Checks the rights to create a row with these columns, before any step inside the transaction. */
function authorize(work: Work, call: Call, table: CompiledTable, values: RecordInput): void {
  const { connection, model } = work
  const { holdsEverything } = rightsOf(connection, call.user)
  if (holdsEverything && values.ownerid === undefined) return
  const input = storedInput(connection, model, table, withoutUnit(table, values))
  const owned = ownedBy(work, call, table, values)
  if (owned && owned.owner.row !== call.user.row) requireReadingOwner(work, owned.owner, table)
  if (holdsEverything) return
  const stored = { ...input, ...columnsOf(owned) }
  requireCreate(work, call.user, table, stored)
  requireLookups(work, call.user, table, null, stored)
}

function businessUnitOf({ connection, model }: Work, table: CompiledTable, row: number): EntityRow {
  const { owningbusinessunit = null } = findEntityRow(connection, model, table, row, ['owningbusinessunit']) ?? {}
  return { owningbusinessunit }
}

function insert(work: Work, call: Call, table: CompiledTable, id: string, values: RecordInput): number {
  const { connection, model, nowMs, pipeline } = work
  const { logicalName } = table.definition
  if (findRow(connection, table, id) !== undefined)
    throw inputInvalid(operationText.idTaken({ table: logicalName, id }), { table: logicalName, id })
  checkColumnLimits(table, values)
  checkMandatory(table, values)
  const stored = storedInput(connection, model, table, withoutUnit(table, values))
  checkStatus(table, stored, null)
  checkCaseHierarchy(connection, table, null, stored)
  const stamps = { createdon: nowMs, createdby: call.user.row, modifiedon: nowMs, modifiedby: call.user.row }
  const row = insertRecord(connection, table, id, {
    ...withStatus(table, stored),
    ...columnsOf(ownedBy(work, call, table, values)),
    ...stamps,
    ...(table.definition.mergeable ? { merged: 0 } : {}),
  })
  inheritAtBirth(work, table, row, stored)
  if (isPrincipalTable(table)) {
    const teams = model.table('team')
    completePrincipal(connection, table, row, stored, (team) =>
      insertRecord(connection, teams, pipeline.session.options.newId(), { ...withStatus(teams, team), ...stamps }),
    )
  }
  return row
}

interface Owned {
  owner: OwnerRow
  unit: RowNumber | null
}

/** Returns the owner of a new row, the one given or else the caller, and the business unit that it belongs to. */
function ownedBy({ connection, model }: Work, call: Call, table: CompiledTable, values: RecordInput): Owned | undefined {
  if (!table.hasOwner) return undefined
  const owner = isOwnerInput(values.ownerid) ? resolveAssignee(connection, model, values.ownerid) : call.user
  const { unit } = splitUpdate(values.owningbusinessunit === undefined ? {} : { owningbusinessunit: values.owningbusinessunit })
  if (unit === undefined) return { owner, unit: owner.businessUnit }
  return { owner, unit: resolveUnit(connection, model, unit).row }
}

const columnsOf = (owned: Owned | undefined): StoredRow => (owned ? { ownerid: owned.owner.row, owningbusinessunit: owned.unit } : {})

/** The business unit is checked with the owner. A table without owners has none that could be given. */
function withoutUnit(table: CompiledTable, values: RecordInput): RecordInput {
  if (!table.hasOwner) return values
  const { owningbusinessunit: _unit, ...others } = values
  return others
}
