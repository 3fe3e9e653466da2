import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import type { Message } from '#text/message'
import { readStoredMessage, storedMessage } from '#text/stored-message'
import type { Value } from '../model/columns.ts'
import type { BatchName } from '../model/exchange.ts'

/** A call of the real-time service, answered or not, and why it was made. */
export interface RealTimeCall {
  number: number
  atMs: number
  channel: number
  operation: string
  reason: Message
  isAnswered: boolean
}

/** A column that an operation changed although headquarters had neither its old nor its new value. */
export interface Conflict {
  number: number
  atMs: number
  account: string
  column: string
  headquarters: Value
  channel: Value
  applied: Value
}

/** A run of a batch job: what it counted, and how far it has come. */
export interface BatchRun {
  number: number
  name: BatchName
  beganMs: number
  endedMs: number | null
  pass: number
  session: number
  counter: number
  processed: number
  synchronized: number
  failed: number
  pending: number
  /** The number of the system job that runs it. */
  systemJob: number | null
}

interface RunRow extends Omit<BatchRun, 'beganMs' | 'endedMs' | 'systemJob'> {
  system_job: number | null
  began_ms: number
  ended_ms: number | null
}

const statements = statementsOnce((connection: Connection) => ({
  addCall: connection.statement<[number, number, string, string, number]>(
    'INSERT INTO _commerce_call (at_ms, channel, operation, reason, is_answered) VALUES (?, ?, ?, ?, ?)',
  ),
  calls: connection.statement<
    [number],
    { number: number; at_ms: number; channel: number; operation: string; reason: string; is_answered: number }
  >('SELECT * FROM _commerce_call WHERE number > ? ORDER BY number'),
  addConflict: connection.statement<[number, string, string, string, string, string]>(
    'INSERT INTO _commerce_conflict (at_ms, account, name, headquarters, channel, applied) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  conflicts: connection.statement<
    [number],
    { number: number; at_ms: number; account: string; name: string; headquarters: string; channel: string; applied: string }
  >('SELECT * FROM _commerce_conflict WHERE number > ? ORDER BY number'),
  addRun: connection.statement<[string, number], { number: number }>(
    'INSERT INTO _commerce_run (name, began_ms) VALUES (?, ?) RETURNING number',
  ),
  runOfJob: connection.statement<[number], RunRow>('SELECT * FROM _commerce_run WHERE system_job = ?'),
  setRunJob: connection.statement<[number, number]>('UPDATE _commerce_run SET system_job = ? WHERE number = ?'),
  setRun: connection.statement<Omit<RunRow, 'name' | 'began_ms' | 'system_job'>>(
    `UPDATE _commerce_run SET ended_ms = :ended_ms, pass = :pass, session = :session, counter = :counter, processed = :processed,
      synchronized = :synchronized, failed = :failed, pending = :pending WHERE number = :number`,
  ),
  runs: connection.statement<[number], RunRow>('SELECT * FROM _commerce_run WHERE number > ? ORDER BY number'),
  marks: connection.statement<[], { calls: number; conflicts: number; runs: number }>(`
    SELECT (SELECT coalesce(max(number), 0) FROM _commerce_call) AS calls, (SELECT coalesce(max(number), 0) FROM _commerce_conflict) AS conflicts,
      (SELECT coalesce(max(number), 0) FROM _commerce_run) AS runs`),
}))

export function addCall(connection: Connection, { atMs, channel, operation, reason, isAnswered }: Omit<RealTimeCall, 'number'>): void {
  statements(connection).addCall.run(atMs, channel, operation, storedMessage(reason), Number(isAnswered))
}

/** Returns the calls after a number, oldest first. */
export const findCalls = (connection: Connection, after: number): RealTimeCall[] =>
  statements(connection)
    .calls.all(after)
    .map(({ at_ms, reason, is_answered, ...call }) => ({
      ...call,
      atMs: at_ms,
      reason: readStoredMessage(reason),
      isAnswered: is_answered === 1,
    }))

export function addConflict(connection: Connection, conflict: Omit<Conflict, 'number'>): void {
  const { atMs, account, column, headquarters, channel, applied } = conflict
  statements(connection).addConflict.run(
    atMs,
    account,
    column,
    JSON.stringify(headquarters),
    JSON.stringify(channel),
    JSON.stringify(applied),
  )
}

/** Returns the conflicts after a number, oldest first. */
export const findConflicts = (connection: Connection, after: number): Conflict[] =>
  statements(connection)
    .conflicts.all(after)
    .map(({ number, at_ms, account, name, headquarters, channel, applied }) => ({
      number,
      atMs: at_ms,
      account,
      column: name,
      headquarters: JSON.parse(headquarters),
      channel: JSON.parse(channel),
      applied: JSON.parse(applied),
    }))

/** Begins a run of a batch job. Returns its number. */
export const insertRun = (connection: Connection, name: BatchName, beganMs: number): number =>
  (statements(connection).addRun.get(name, beganMs) as { number: number }).number

export function writeRun(connection: Connection, { name: _name, beganMs: _began, systemJob: _job, endedMs, ...run }: BatchRun): void {
  statements(connection).setRun.run({ ...run, ended_ms: endedMs })
}

const toRun = ({ began_ms, ended_ms, system_job, ...run }: RunRow): BatchRun => ({
  ...run,
  beganMs: began_ms,
  endedMs: ended_ms,
  systemJob: system_job,
})

/** Returns the runs after a number, oldest first. */
export const findRuns = (connection: Connection, after: number): BatchRun[] => statements(connection).runs.all(after).map(toRun)

/** Returns the run of a system job. */
export function findRunOfJob(connection: Connection, systemJob: number): BatchRun | undefined {
  const row = statements(connection).runOfJob.get(systemJob)
  return row && toRun(row)
}

export function writeRunJob(connection: Connection, run: number, systemJob: number): void {
  statements(connection).setRunJob.run(systemJob, run)
}

/** The newest numbers of calls, conflicts and runs, so that somebody can ask later what came after. */
export interface LogMarks {
  calls: number
  conflicts: number
  runs: number
}

export const logMarks = (connection: Connection): LogMarks => statements(connection).marks.get() as LogMarks
