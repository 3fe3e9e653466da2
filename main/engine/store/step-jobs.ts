import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import type { MessageName } from '../contract/messages.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { guidToBytes } from './guid.ts'

/** The system job of an asynchronous step. Its states are those of _job: 0 Waiting, 20 In Progress, 30 Succeeded, 31 Failed. */
export interface StepJobRow {
  number: number
  guid: Buffer
  name: string
  step: number
  statecode: number
  statuscode: number
  retrycount: number
  postponeuntil: number | null
  createdon: number
  startedon: number | null
  completedon: number | null
  createdby: number
  user: number
  table_number: number | null
  row: number | null
  regarding_guid: Buffer | null
  depth: number
  correlation: Buffer
  context: string
  /** Requests that the step has made so far, as JSON. */
  journal: string | null
  message: string | null
  errorcode: string | null
  plugin_name: string
  message_name: MessageName
  /** The step's position in its plug-in. */
  ordinal: number
}

export interface NewStepJob {
  guid: Buffer
  name: string
  step: number
  createdOnMs: number
  /** Rows of the user who caused it and of the user that the step runs as. */
  createdBy: number
  user: number
  tableNumber: number | null
  row: number | null
  regardingGuid: Buffer | null
  depth: number
  correlation: Buffer
  /** A StepInput as JSON. */
  context: string
}

interface StateCodes {
  statecode: number
  statuscode: number
}

const JOBS = `
  SELECT q.*, s.plugin_name, s.message AS message_name, s.ordinal FROM _step_job q JOIN _step s ON s.number = q.step`

const statements = statementsOnce((connection: Connection) => ({
  setJournal: connection.statement<[string | null, number]>('UPDATE _step_job SET journal = ? WHERE number = ?'),
  insert: connection.statement<(string | number | Buffer | null)[]>(`
    INSERT INTO _step_job (guid, name, step, statecode, statuscode, createdon, createdby, user, table_number, row, regarding_guid, depth, correlation, context)
    VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  byGuid: connection.statement<[Buffer], StepJobRow>(`${JOBS} WHERE q.guid = ?`),
  /** An In Progress job when none runs: its thread was lost. */
  underWay: connection.statement<[], StepJobRow>(`${JOBS} WHERE q.statuscode = 20 ORDER BY q.number LIMIT 1`),
  due: connection.statement<[number], StepJobRow>(`
    ${JOBS} WHERE q.statuscode = 0 AND coalesce(q.postponeuntil, 0) <= ? ORDER BY q.number LIMIT 1`),
  nextDue: connection.statement<[], { due: number | null }>(
    'SELECT min(coalesce(postponeuntil, 0)) AS due FROM _step_job WHERE statuscode = 0',
  ),
  setState: connection.statement<StateCodes & { number: number; started: number | null; completed: number | null }>(`
    UPDATE _step_job SET statecode = :statecode, statuscode = :statuscode, startedon = coalesce(startedon, :started), completedon = :completed
    WHERE number = :number`),
  postpone: connection.statement<{ number: number; until: number }>(
    'UPDATE _step_job SET postponeuntil = :until, retrycount = retrycount + 1 WHERE number = :number',
  ),
  setError: connection.statement<{ number: number; message: string | null; errorcode: string | null }>(
    'UPDATE _step_job SET message = :message, errorcode = :errorcode WHERE number = :number',
  ),
  recover: connection.statement<StateCodes>('UPDATE _step_job SET statecode = :statecode, statuscode = :statuscode WHERE statuscode = 20'),
  newest: connection.statement<{ before: number; limit: number }, StepJobRow>(
    `${JOBS} WHERE q.number < :before ORDER BY q.number DESC LIMIT :limit`,
  ),
  newestFailed: connection.statement<{ before: number; limit: number }, StepJobRow>(
    `${JOBS} WHERE q.statuscode = 31 AND q.number < :before ORDER BY q.number DESC LIMIT :limit`,
  ),
  count: connection.statement<[], { count: number }>('SELECT count(*) AS count FROM _step_job'),
  countFailed: connection.statement<[], { count: number }>('SELECT count(*) AS count FROM _step_job WHERE statuscode = 31'),
}))

/** Inserts a Waiting job, in the transaction of the change that caused it. */
export function insertStepJob(connection: Connection, job: NewStepJob): void {
  statements(connection).insert.run(
    job.guid,
    job.name,
    job.step,
    job.createdOnMs,
    job.createdBy,
    job.user,
    job.tableNumber,
    job.row,
    job.regardingGuid,
    job.depth,
    job.correlation,
    job.context,
  )
}

/** Returns the oldest due job; skips jobs postponed to a later time. */
export function nextStepJob(connection: Connection, nowMs: number): StepJobRow | undefined {
  const sql = statements(connection)
  return sql.underWay.get() ?? sql.due.get(nowMs)
}

/** Returns when the next job is due, or `undefined` if none is waiting. */
export function nextStepDueMs(connection: Connection): number | undefined {
  return statements(connection).nextDue.get()?.due ?? undefined
}

/** Sets a job's state, and its start and end time if given. */
export function setStepJobState(
  connection: Connection,
  number: number,
  codes: StateCodes,
  times: { startedOnMs?: number; completedOnMs?: number } = {},
): void {
  const { statecode, statuscode } = codes
  const { startedOnMs: started = null, completedOnMs: completed = null } = times
  connection.write(() => void statements(connection).setState.run({ number, statecode, statuscode, started, completed }))
}

/** Postpones a job and counts the retry. `failStepJob` stores the error. */
export function postponeStepJob(connection: Connection, number: number, untilMs: number): void {
  connection.write(() => void statements(connection).postpone.run({ number, until: untilMs }))
}

/** Stores the requests that the step has made so far; `null` once it has ended. */
export function setStepJournal(connection: Connection, number: number, journal: string | null): void {
  statements(connection).setJournal.run(journal, number)
}

/** Stores the error of the last attempt; `null` once an attempt has succeeded. */
export function failStepJob(connection: Connection, number: number, error: { message: string; code: string | null } | null): void {
  const failure = { number, message: error?.message ?? null, errorcode: error?.code ?? null }
  connection.write(() => void statements(connection).setError.run(failure))
}

export function findStepJobRow(connection: Connection, id: string): StepJobRow | undefined {
  return statements(connection).byGuid.get(guidToBytes(id))
}

/** @throws RECORD_NOT_FOUND */
export function getStepJobRow(connection: Connection, id: string): StepJobRow {
  const row = findStepJobRow(connection, id)
  if (!row)
    throw new EngineError('RECORD_NOT_FOUND', storeText.jobNotFound({ id }), {
      platform: 'ObjectDoesNotExist',
      details: { id },
    })
  return row
}

/** Sets jobs that were In Progress when the environment was closed to Waiting. Returns their number. */
export function recoverStepJobs(connection: Connection, waiting: StateCodes): number {
  const { statecode, statuscode } = waiting
  return connection.write(() => statements(connection).recover.run({ statecode, statuscode }).changes)
}

/** Returns jobs, newest first, beginning after `before`; `total` counts all jobs, or all failed ones. */
export function findStepJobRows(
  connection: Connection,
  { before = Number.MAX_SAFE_INTEGER, limit, onlyFailed = false }: { before?: number; limit: number; onlyFailed?: boolean },
): { rows: StepJobRow[]; total: number } {
  const sql = statements(connection)
  const rows = (onlyFailed ? sql.newestFailed : sql.newest).all({ before, limit })
  return { rows, total: (onlyFailed ? sql.countFailed : sql.count).get()?.count ?? 0 }
}
