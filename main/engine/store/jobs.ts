import { storeText } from '#text/english/store'
import type { CascadeOperation } from '../contract/cascades.ts'
import { EngineError } from '../contract/errors.ts'
import type { JobMessage } from '../contract/jobs.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
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
  failing_item: number | null
  /** First position of a batch that is processed in parts and that a crash in between does not end. */
  batch_first: number | null
  batch_last: number | null
  hold_first: number | null
  hold_last: number | null
  /** Shared variables of the job's message, see EventSeed. */
  event: string | null
}

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<
    Omit<
      JobRow,
      | 'number'
      | 'retrycount'
      | 'attempts'
      | 'postponeuntil'
      | 'startedon'
      | 'completedon'
      | 'message'
      | 'friendlymessage'
      | 'errorcode'
      | 'planned'
      | 'first_item'
      | 'total'
      | 'position'
      | 'batches'
      | 'failing_item'
      | 'batch_first'
      | 'batch_last'
      | 'hold_first'
      | 'hold_last'
    >,
    { number: number }
  >(`
    INSERT INTO _job (guid, name, operation, operationtype, statecode, statuscode, createdon, modifiedon, createdby, ownerid, owningbusinessunit,
      regardingobjectid, regarding_guid, regarding_name, primaryentitytype, messagename, depth, correlationid, requestid, request, event, first_run)
    VALUES (:guid, :name, :operation, :operationtype, :statecode, :statuscode, :createdon, :modifiedon, :createdby, :ownerid, :owningbusinessunit,
      :regardingobjectid, :regarding_guid, :regarding_name, :primaryentitytype, :messagename, :depth, :correlationid, :requestid, :request, :event,
      (SELECT coalesce(max(number), 0) + 1 FROM _step_run))
    RETURNING number`),
  byGuid: connection.statement<[Buffer], JobRow>('SELECT * FROM _job WHERE guid = ?'),
  byNumber: connection.statement<[number], JobRow>('SELECT * FROM _job WHERE number = ?'),
  newestFirst: connection.statement<[], JobRow>('SELECT * FROM _job ORDER BY number DESC'),
  /** The oldest due job, except those that a watcher has stopped. Jobs run one after another. */
  next: connection.statement<{ now: number; standing: string }, JobRow>(`
    SELECT * FROM _job
    WHERE (statecode = 2 OR (statecode = 0 AND coalesce(postponeuntil, 0) <= :now)) AND hex(guid) NOT IN (SELECT value FROM json_each(:standing))
    ORDER BY number LIMIT 1`),
  nextDue: connection.statement<[string], { due: number | null }>(
    'SELECT min(coalesce(postponeuntil, 0)) AS due FROM _job WHERE statecode = 0 AND hex(guid) NOT IN (SELECT value FROM json_each(?))',
  ),
  underWay: connection.statement<[], JobRow>('SELECT * FROM _job WHERE statecode = 2'),
  lastOf: connection.statement<[number, string], JobRow>(
    'SELECT * FROM _job WHERE regardingobjectid = ? AND operation = ? ORDER BY number DESC LIMIT 1',
  ),
  heldRoot: connection.statement<[number, string], JobRow>(
    'SELECT * FROM _job WHERE regardingobjectid = ? AND operation = ? AND statecode <> 3 ORDER BY number LIMIT 1',
  ),
  setState: connection.statement<{
    number: number
    statecode: number
    statuscode: number
    now: number
    started: number | null
    completed: number | null
  }>(`
    UPDATE _job SET statecode = :statecode, statuscode = :statuscode, modifiedon = :now, startedon = coalesce(startedon, :started), completedon = :completed
    WHERE number = :number`),
  setPlanned: connection.statement<{ number: number; planned: number; firstItem: number; total: number }>(
    'UPDATE _job SET planned = :planned, first_item = :firstItem, total = :total WHERE number = :number',
  ),
  /** Does nothing if another plan has replaced this one. */
  finishPlan: connection.statement<{ number: number; firstItem: number }>(
    'UPDATE _job SET planned = 1 WHERE number = :number AND first_item = :firstItem',
  ),
  setEvent: connection.statement<[string, number]>('UPDATE _job SET event = ? WHERE number = ?'),
  /** Parameters by position, because it runs for every record with steps. */
  advance: connection.statement<[position: number, batches: number, nowMs: number, number: number]>(
    'UPDATE _job SET position = ?, batches = batches + ?, modifiedon = ? WHERE number = ?',
  ),
  setFailure: connection.statement<{
    number: number
    message: string
    friendlymessage: string
    errorcode: string | null
    failingItem: number
    attempts: number
  }>(`
    UPDATE _job SET message = :message, friendlymessage = :friendlymessage, errorcode = :errorcode, failing_item = :failingItem, attempts = :attempts
    WHERE number = :number`),
  postpone: connection.statement<{ number: number; until: number }>(
    'UPDATE _job SET postponeuntil = :until, retrycount = retrycount + 1 WHERE number = :number',
  ),
  /** Clears what a cancelled assign left unfinished, after a complete assign of the same root. */
  forgetCancelled: connection.statement<[number, string]>(
    'UPDATE _job SET failing_item = NULL WHERE regardingobjectid = ? AND operation = ? AND statuscode = 32',
  ),
  /** Counts the attempt with which the failing item succeeded. */
  countLastTry: connection.statement<[number]>('UPDATE _job SET attempts = attempts + 1 WHERE number = ?'),
  /** Resets the attempts. */
  startAfresh: connection.statement<[number]>('UPDATE _job SET postponeuntil = NULL, failing_item = NULL, attempts = 0 WHERE number = ?'),
  clearError: connection.statement<[number]>(
    'UPDATE _job SET message = NULL, friendlymessage = NULL, errorcode = NULL, postponeuntil = NULL WHERE number = ?',
  ),
  restartPlan: connection.statement<[number]>('UPDATE _job SET planned = 0, total = 0, position = 0, batches = 0 WHERE number = ?'),
  beginBatch: connection.statement<{ number: number; first: number; last: number }>(
    'UPDATE _job SET batch_first = :first, batch_last = :last, hold_first = :first, hold_last = :last WHERE number = :number',
  ),
  endBatch: connection.statement<[number]>(
    'UPDATE _job SET batch_first = NULL, batch_last = NULL, hold_first = NULL, hold_last = NULL WHERE number = ?',
  ),
  /** Releases the held records; the batch stays current. */
  letGo: connection.statement<[number]>('UPDATE _job SET hold_first = NULL, hold_last = NULL WHERE number = ?'),
  notify: connection.statement<[number, number, string, string]>(
    'INSERT INTO _notification (at_ms, job, message, inputs) VALUES (?, ?, ?, ?)',
  ),
  notifications: connection.statement<[number], { number: number; message: string }>(
    'SELECT number, message FROM _notification WHERE number > ? ORDER BY number',
  ),
  addMessage: connection.statement<[number, number, string, string | null, string]>(
    'INSERT INTO _job_message (job, at_ms, level, code, text) VALUES (?, ?, ?, ?, ?)',
  ),
  messages: connection.statement<[number], { at_ms: number; level: JobMessage['level']; code: string | null; text: string }>(
    'SELECT at_ms, level, code, text FROM _job_message WHERE job = ? ORDER BY number',
  ),
}))

export type JobStatements = ReturnType<typeof statements>
export const jobStatements = statements

/** @throws RECORD_NOT_FOUND */
export function getJobRow(connection: Connection, id: string): JobRow {
  const row = statements(connection).byGuid.get(guidToBytes(id))
  if (!row)
    throw new EngineError('RECORD_NOT_FOUND', storeText.jobNotFound({ id }), {
      platform: 'ObjectDoesNotExist',
      details: { id },
    })
  return row
}

export function addJobMessage(connection: Connection, number: number, message: JobMessage): void {
  statements(connection).addMessage.run(number, message.atMs, message.level, message.code, message.text)
}

export function findJobMessages(connection: Connection, number: number): JobMessage[] {
  return statements(connection)
    .messages.all(number)
    .map(({ at_ms, level, code, text }) => ({ atMs: at_ms, level, code, text }))
}
