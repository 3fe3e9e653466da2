import { operationText } from '#text/english/operations'
import { inputInvalid } from '../contract/errors.ts'
import type { RecordInput, RecordRef } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { toEntityInput } from '../store/entity-rows.ts'
import { findOwnerByRow, isOwnerInput } from '../store/owners.ts'
import { insertRecord, storedInput } from '../store/records.ts'
import { findRow } from '../store/rows.ts'
import type { StoredRow } from '../store/values.ts'
import { resolveAssignee } from './assignee.ts'
import { checkCaseHierarchy } from './case-hierarchy.ts'
import { checkColumnLimits, checkMandatory } from './column-limits.ts'
import type { Work } from './context.ts'
import { checkStatus, withStatus } from './record-update.ts'

/** Makes the event of a new record, before anything is written. */
export function createEvent({ connection, model, pipeline }: Work, call: Call, table: CompiledTable, values: RecordInput): RecordEvent {
  const { logicalName, primaryId } = table.definition
  const { [primaryId]: givenId, ...rest } = values
  const id = givenId === undefined || givenId === null ? pipeline.session.options.newId() : String(givenId).toLowerCase()
  const columns = pipeline.listens(['Create'], table) ? toEntityInput(connection, model, table, rest) : rest
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

/** Creates the record and runs its steps; PreValidation has run. @throws INPUT_INVALID for an id that is taken or columns that do not fit */
export function createRecord(work: Work, event: RecordEvent): RecordRef {
  const { table, record } = event
  if (!table || !record) throw new Error('A record is made in a table')
  work.pipeline.run(event, {
    main() {
      event.row = insert(work, event.call, table, record.id, event.columns ?? {})
      for (const message of event.messages) message.output = JSON.stringify({ id: record.id })
    },
  })
  return record
}

function insert(work: Work, call: Call, table: CompiledTable, id: string, values: RecordInput): number {
  const { connection, model, nowMs } = work
  const { logicalName } = table.definition
  if (findRow(connection, table, id) !== undefined)
    throw inputInvalid(operationText.idTaken({ table: logicalName, id }), { table: logicalName, id })
  checkColumnLimits(table, values)
  checkMandatory(table, values)
  const stored = storedInput(connection, model, table, values)
  checkStatus(table, stored, null)
  checkCaseHierarchy(connection, table, null, stored)
  return insertRecord(connection, table, id, {
    ...withStatus(table, stored),
    ...owned(work, call, table, values, stored),
    createdon: nowMs,
    createdby: call.user.row,
    modifiedon: nowMs,
    modifiedby: call.user.row,
    ...(table.definition.mergeable ? { merged: 0 } : {}),
  })
}

function owned({ connection, model }: Work, call: Call, table: CompiledTable, values: RecordInput, stored: StoredRow): StoredRow {
  if (!table.hasOwner) return {}
  const given = values.ownerid
  const owner = isOwnerInput(given)
    ? resolveAssignee(connection, model, given).row
    : ((stored.ownerid as number | undefined) ?? call.user.row)
  return { ownerid: owner, owningbusinessunit: findOwnerByRow(connection, owner)?.businessUnit ?? null }
}
