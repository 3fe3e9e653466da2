import { EngineError } from '../errors.ts'
import type { CascadeOperation, JobMessage } from '../model.ts'
import type { Connection } from './connection.ts'
import { guidToBytes } from './guid.ts'

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

export function addJobMessage(connection: Connection, number: number, message: JobMessage): void {
  statements(connection).addMessage.run(number, message.atMs, message.level, message.code, message.text)
}

export function findJobMessages(connection: Connection, number: number): JobMessage[] {
  return statements(connection).messages.all(number).map(({ at_ms, level, code, text }) => ({ atMs: at_ms, level, code, text }))
}
