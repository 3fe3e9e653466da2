import type { RequestContext } from '../contract/engine.ts'
import type { EngineError } from '../contract/errors.ts'
import { aboutRecord, recordNotFound } from '../contract/errors.ts'
import type { MessageName } from '../contract/messages.ts'
import type { RecordInput } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { rightsOf } from '../store/caller-rights.ts'
import { toEntityInput } from '../store/entity-rows.ts'
import { identify } from '../store/identities.ts'
import { readStored, storedInput, updateStored } from '../store/records.ts'
import { findRecord } from '../store/rows.ts'
import { requireLookups, requireRight } from './authorize.ts'
import type { Work } from './context.ts'
import { changeOf } from './context.ts'
import { recordUpdate } from './record-update.ts'
import { mayReparent, reparent } from './reparent.ts'
import { requestContextOf } from './request-context.ts'
import { isAssign, splitState, splitUpdate } from './split-update.ts'

export interface UpdateRequest {
  table: CompiledTable
  row: number
  values: RecordInput
}

/**
 * Runs PreValidation on a whole update. Later stages handle owner, state and other columns separately, each as an Update.
 * Source: dataverse reference, section 5.4, "Owner updates".
 */
export function validateUpdate(
  work: Work,
  call: Call,
  { table, row, values }: UpdateRequest,
): { values: RecordInput; requestContext: RequestContext } {
  if (!work.pipeline.listens(UPDATE_MESSAGES, table)) return { values, requestContext: requestContextOf(call) }
  return aboutRow(work, table, row, () => validate(work, call, { table, row, values }))
}

function validate(work: Work, call: Call, { table, row, values }: UpdateRequest): { values: RecordInput; requestContext: RequestContext } {
  const event = eventOf(work, call, table, row, toEntityInput(work.connection, work.model, table, values), requestContextOf(call))
  work.pipeline.preValidate(event)
  return { values: event.columns ?? {}, requestContext: requestContextOf(call, event) }
}

/** Updates a record except for its owner, whose change is an assign. State and other columns are two updates in one transaction. */
export function updateRecord(work: Work, call: Call, request: UpdateRequest, requestContext: RequestContext): void {
  aboutRow(work, request.table, request.row, () => update(work, call, request, requestContext))
}

/** Runs work on a row. A failure that names no record is then about the row's. */
function aboutRow<T>({ connection }: Work, table: CompiledTable, row: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw aboutRecord(error, () => findRecord(connection, table, row))
  }
}

function update(work: Work, call: Call, { table, row, values }: UpdateRequest, requestContext: RequestContext): void {
  authorizeUpdate(work, call, { table, row, values })
  if (!work.pipeline.listens(UPDATE_MESSAGES, table)) {
    write(work, call, table, row, values)
    return
  }
  for (const columns of splitState(values)) {
    const event = eventOf(work, call, table, row, toEntityInput(work.connection, work.model, table, columns), requestContext)
    work.pipeline.run(event, { main: () => writeColumns(work, call, table, row, event.columns ?? {}) })
  }
}

/** Checks the rights to update a row with these values, before any step inside the transaction. */
function authorizeUpdate(work: Work, { user }: Call, { table, row, values }: UpdateRequest): void {
  if (rightsOf(work.connection, user).holdsEverything) return
  requireRight(work, user, table, row, 'Write')
  const { others } = splitUpdate(values)
  requireLookups(work, user, table, row, storedInput(work.connection, work.model, table, others))
}

/** Writes the columns of an event, which may include an owner that a Pre stage has added. */
export function writeColumns(work: Work, call: Call, table: CompiledTable, row: number, columns: RecordInput): void {
  const parts = splitUpdate(columns)
  const { owner, unit, others } = parts
  if (Object.keys(others).length > 0) write(work, call, table, row, others)
  if (!isAssign(parts)) return
  const { id } = identify(work.connection, [table], row)
  const below = { ...call, depth: call.depth + 1 }
  if (unit === undefined) work.pipeline.serve(below, 'assign', [table.definition.logicalName, id, owner])
  else
    work.pipeline.serve(below, 'update', [
      table.definition.logicalName,
      id,
      { owningbusinessunit: unit, ...(owner === undefined ? {} : { ownerid: owner }) },
    ])
}

function write(work: Work, call: Call, table: CompiledTable, row: number, columns: RecordInput): void {
  const { nowMs, caller } = changeOf(work, call)
  const stored = recordUpdate(work.connection, work.model, table, row, columns)
  const before = mayReparent(work, table, stored) ? readStored(work.connection, table, row) : undefined
  const isThere = updateStored(work.connection, table, row, { ...stored, modifiedon: nowMs, modifiedby: caller })
  if (!isThere) throw recordGone(work, table, row)
  if (before) reparent(work, table, row, before, stored)
}

/** Makes the error of a request whose record was deleted by a step of an earlier stage. */
export function recordGone({ connection }: Pick<Work, 'connection'>, table: CompiledTable, row: number): EngineError {
  const { id, name } = findRecord(connection, table, row) ?? { ...identify(connection, [table], row), name: null }
  return recordNotFound(table.definition.logicalName, id, name)
}

function eventOf(
  work: Work,
  call: Call,
  table: CompiledTable,
  row: number,
  columns: RecordInput,
  requestContext: RequestContext,
): RecordEvent {
  const record = identify(work.connection, [table], row)
  const messages = updateMessages(work.settings, columns).map(
    (name) => new RaisedMessage(name, parametersOf(name, columns), requestContext.sharedVariables[name]),
  )
  return new RecordEvent({ call, table, row, record, messages, columns, isValidated: true })
}

const UPDATE_MESSAGES: MessageName[] = ['Update', 'SetState', 'Assign']

/** Returns the messages of an update. Source: dataverse reference, section 5.5; both additional messages are readings, which are settings. */
export function updateMessages(settings: Settings, columns: RecordInput): MessageName[] {
  const messages: MessageName[] = ['Update']
  if (settings.ownerChangeRaisesAssign && 'ownerid' in columns) messages.push('Assign')
  if (settings.stateChangeRaisesSetState && 'statecode' in columns) messages.push('SetState')
  return messages
}

export function parametersOf(message: MessageName, columns: RecordInput): Record<string, unknown> {
  if (message === 'Assign') return { Assignee: columns.ownerid }
  if (message === 'SetState') return { State: columns.statecode, Status: columns.statuscode ?? null }
  return {}
}
