import { EngineError } from '../errors.ts'
import type { JobCodes } from '../jobs/states.ts'
import { isEnded, statusOf } from '../jobs/states.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { CascadeOperation, CascadeRequest, Job, JobMessage, LookupValue } from '../model.ts'
import type { Connection } from './connection.ts'
import { bytesToGuid, guidToBytes } from './guid.ts'
import { describeRow, findOwnerByRow } from './rows.ts'

export interface JobRow {
  number: number
  guid: Buffer
  name: string
  operation: CascadeOperation
  operationtype: number
  statecode: number
  statuscode: number
  retrycount: number
  attempts: number
  postponeuntil: number | null
  createdon: number
  startedon: number | null
  completedon: number | null
  modifiedon: number
  createdby: number
  ownerid: number
  owningbusinessunit: number | null
  regardingobjectid: number
  regarding_guid: Buffer
  regarding_name: string | null
  primaryentitytype: string
  messagename: string
  message: string | null
  friendlymessage: string | null
  errorcode: string | null
  depth: number
  correlationid: Buffer
  requestid: Buffer
  request: string
  planned: number
  first_item: number
  total: number
  position: number
  batches: number
}

const statements = (connection: Connection) => ({
  insert: connection.statement<Omit<JobRow, 'number' | 'retrycount' | 'attempts' | 'postponeuntil' | 'startedon' | 'completedon' | 'message' | 'friendlymessage' | 'errorcode' | 'planned' | 'first_item' | 'total' | 'position' | 'batches'>, { number: number }>(`
    INSERT INTO _job (guid, name, operation, operationtype, statecode, statuscode, createdon, modifiedon, createdby, ownerid, owningbusinessunit,
      regardingobjectid, regarding_guid, regarding_name, primaryentitytype, messagename, depth, correlationid, requestid, request)
    VALUES (:guid, :name, :operation, :operationtype, :statecode, :statuscode, :createdon, :modifiedon, :createdby, :ownerid, :owningbusinessunit,
      :regardingobjectid, :regarding_guid, :regarding_name, :primaryentitytype, :messagename, :depth, :correlationid, :requestid, :request)
    RETURNING number`),
  byGuid: connection.statement<[Buffer], JobRow>('SELECT * FROM _job WHERE guid = ?'),
  byNumber: connection.statement<[number], JobRow>('SELECT * FROM _job WHERE number = ?'),
  newestFirst: connection.statement<[], JobRow>('SELECT * FROM _job ORDER BY number DESC'),
  /** The oldest job that has not ended: jobs run one after another. */
  next: connection.statement<[], JobRow>('SELECT * FROM _job WHERE statecode IN (0, 2) ORDER BY number LIMIT 1'),
  underWay: connection.statement<[], JobRow>('SELECT * FROM _job WHERE statecode = 2'),
  lastOf: connection.statement<[number, string], JobRow>('SELECT * FROM _job WHERE regardingobjectid = ? AND operation = ? ORDER BY number DESC LIMIT 1'),
  heldRoot: connection.statement<[number, string], JobRow>('SELECT * FROM _job WHERE regardingobjectid = ? AND operation = ? AND statecode <> 3 ORDER BY number LIMIT 1'),
  setState: connection.statement<{ number: number; statecode: number; statuscode: number; now: number; started: number | null; completed: number | null }>(`
    UPDATE _job SET statecode = :statecode, statuscode = :statuscode, modifiedon = :now, startedon = coalesce(startedon, :started), completedon = :completed
    WHERE number = :number`),
  setPlanned: connection.statement<{ number: number; planned: number; firstItem: number; total: number }>(
    'UPDATE _job SET planned = :planned, first_item = :firstItem, total = :total WHERE number = :number',
  ),
  advance: connection.statement<{ number: number; position: number; now: number }>(
    'UPDATE _job SET position = :position, batches = batches + 1, modifiedon = :now WHERE number = :number',
  ),
  setFailure: connection.statement<{ number: number; message: string; friendlymessage: string; errorcode: string | null }>(
    'UPDATE _job SET message = :message, friendlymessage = :friendlymessage, errorcode = :errorcode, attempts = attempts + 1 WHERE number = :number',
  ),
  addMessage: connection.statement<[number, number, string, string | null, string]>('INSERT INTO _job_message (job, at_ms, level, code, text) VALUES (?, ?, ?, ?, ?)'),
  messages: connection.statement<[number], { at_ms: number; level: JobMessage['level']; code: string | null; text: string }>(
    'SELECT at_ms, level, code, text FROM _job_message WHERE job = ? ORDER BY number',
  ),
})

export type JobStatements = ReturnType<typeof statements>
export const jobStatements = statements

/** @throws RECORD_NOT_FOUND */
export function getJobRow(connection: Connection, id: string): JobRow {
  const row = statements(connection).byGuid.get(guidToBytes(id))
  if (!row) throw new EngineError('RECORD_NOT_FOUND', `There is no system job with the id ${id}.`, { platform: 'ObjectDoesNotExist', details: { id } })
  return row
}

export function setJobState(connection: Connection, number: number, codes: JobCodes, nowMs: number): void {
  const status = statusOf(codes)
  statements(connection).setState.run({
    number, ...codes, now: nowMs, started: status === 'In Progress' ? nowMs : null, completed: isEnded(status) ? nowMs : null,
  })
}

export function addJobMessage(connection: Connection, number: number, message: JobMessage): void {
  statements(connection).addMessage.run(number, message.atMs, message.level, message.code, message.text)
}

export function findJobMessages(connection: Connection, number: number): JobMessage[] {
  return statements(connection).messages.all(number).map(({ at_ms, level, code, text }) => ({ atMs: at_ms, level, code, text }))
}

export function toJob(connection: Connection, model: CompiledModel, row: JobRow): Job {
  const owner = (number: number): LookupValue => {
    const found = findOwnerByRow(connection, number)
    return found ? { table: found.table, id: found.id, name: found.name } : describeRow(connection, model.table('systemuser'), number)
  }
  return {
    id: bytesToGuid(row.guid), name: row.name, operation: row.operation, operationType: row.operationtype, status: statusOf(row),
    statecode: row.statecode, statuscode: row.statuscode, retryCount: row.retrycount, attempts: row.attempts, postponeUntilMs: row.postponeuntil,
    createdOnMs: row.createdon, startedOnMs: row.startedon, completedOnMs: row.completedon, modifiedOnMs: row.modifiedon,
    createdBy: owner(row.createdby), owner: owner(row.ownerid),
    owningBusinessUnit: row.owningbusinessunit === null ? null : describeRow(connection, model.table('businessunit'), row.owningbusinessunit),
    regarding: { table: row.primaryentitytype, id: bytesToGuid(row.regarding_guid), name: row.regarding_name },
    primaryEntityType: row.primaryentitytype, messageName: row.messagename, message: row.message, friendlyMessage: row.friendlymessage,
    errorCode: row.errorcode, depth: row.depth, correlationId: bytesToGuid(row.correlationid), requestId: bytesToGuid(row.requestid),
    total: row.total, processed: row.position, batches: row.batches, request: JSON.parse(row.request) as CascadeRequest,
  }
}
