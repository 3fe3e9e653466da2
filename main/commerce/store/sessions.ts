import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import type { ExchangeJob, SessionState } from '../model/exchange.ts'

/** One session of Commerce Data Exchange: what a job carries to or from one channel. */
export interface ExchangeSession {
  number: number
  job: ExchangeJob
  channel: number
  state: SessionState
  /** Tries of applying it. */
  tries: number
  /** How many more tries fail on purpose. */
  failures: number
  createdMs: number
  appliedMs: number | null
  rows: number
  content: Record<string, unknown>
  /** The number of the system job that applies it. */
  systemJob: number | null
}

interface SessionRow {
  number: number
  job: ExchangeJob
  channel: number
  state: SessionState
  tries: number
  failures: number
  created_ms: number
  applied_ms: number | null
  rows: number
  content: string
  system_job: number | null
}

/** A session whose system job was cancelled is cancelled. */
const SESSIONS = `
  SELECT s.number, s.job, s.channel, CASE WHEN j.statuscode = 32 THEN 'Canceled' ELSE s.state END AS state, s.tries, s.failures, s.created_ms,
    s.applied_ms, s.rows, s.content, s.system_job
  FROM _commerce_session s LEFT JOIN _system_job j ON j.number = s.system_job`

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<[string, number, string, number, number, string], { number: number }>(
    'INSERT INTO _commerce_session (job, channel, state, created_ms, rows, content) VALUES (?, ?, ?, ?, ?, ?) RETURNING number',
  ),
  setState: connection.statement<{ number: number; state: string; tries: number; failures: number; applied: number | null; rows: number }>(
    `UPDATE _commerce_session SET state = :state, tries = :tries, failures = :failures, applied_ms = coalesce(:applied, applied_ms), rows = :rows
    WHERE number = :number`,
  ),
  newest: connection.statement<[number], SessionRow>(`${SESSIONS} ORDER BY s.number DESC LIMIT ?`),
  ofJob: connection.statement<[string, number, number], SessionRow>(
    `${SESSIONS} WHERE s.job = ? AND s.channel = ? ORDER BY s.number DESC LIMIT ?`,
  ),
  open: connection.statement<[string, number], SessionRow>(
    `${SESSIONS} WHERE s.job = ? AND s.channel = ? AND s.state NOT IN ('Applied', 'No data') AND j.statuscode IS NOT 32 ORDER BY s.number`,
  ),
  bySystemJob: connection.statement<[number], SessionRow>(`${SESSIONS} WHERE s.system_job = ?`),
  setSystemJob: connection.statement<[number, number]>('UPDATE _commerce_session SET system_job = ? WHERE number = ?'),
  fault: connection.statement<[string, number], { times: number }>(
    'DELETE FROM _commerce_fault WHERE job = ? AND channel = ? RETURNING times',
  ),
  setFault: connection.statement<[string, number, number]>('INSERT OR REPLACE INTO _commerce_fault (job, channel, times) VALUES (?, ?, ?)'),
  uploaded: connection.statement<[number, string], { counter: number }>(
    'SELECT counter FROM _commerce_uploaded WHERE channel = ? AND name = ?',
  ),
  setUploaded: connection.statement<[number, string, number]>(
    'INSERT OR REPLACE INTO _commerce_uploaded (channel, name, counter) VALUES (?, ?, ?)',
  ),
}))

const toSession = ({ created_ms, applied_ms, content, system_job, ...row }: SessionRow): ExchangeSession => ({
  ...row,
  createdMs: created_ms,
  appliedMs: applied_ms,
  content: JSON.parse(content),
  systemJob: system_job,
})

export function insertSession(
  connection: Connection,
  session: Pick<ExchangeSession, 'job' | 'channel' | 'state' | 'createdMs' | 'rows' | 'content'>,
): ExchangeSession {
  const { job, channel, state, createdMs, rows, content } = session
  const inserted = statements(connection).insert.get(job, channel, state, createdMs, rows, JSON.stringify(content)) as { number: number }
  return { ...session, number: inserted.number, tries: 0, failures: 0, appliedMs: null, systemJob: null }
}

/** Keeps state, tries, failures to come and number of rows of a session. */
export function writeSession(connection: Connection, { number, state, tries, failures, appliedMs, rows }: ExchangeSession): void {
  statements(connection).setState.run({ number, state, tries, failures, applied: appliedMs, rows })
}

/** Returns the newest sessions, newest first. */
export const findSessions = (connection: Connection, limit: number): ExchangeSession[] =>
  statements(connection).newest.all(limit).map(toSession)

/** Returns the newest sessions of a job and a channel, newest first. */
export const findSessionsOf = (connection: Connection, job: ExchangeJob, channel: number, limit: number): ExchangeSession[] =>
  statements(connection).ofJob.all(job, channel, limit).map(toSession)

/** Returns the sessions of a job and a channel that are not applied yet, oldest first. */
export const findOpenSessions = (connection: Connection, job: ExchangeJob, channel: number): ExchangeSession[] =>
  statements(connection).open.all(job, channel).map(toSession)

/** Returns how often the next session is to fail on purpose, once. */
export const takeFault = (connection: Connection, job: ExchangeJob, channel: number): number =>
  statements(connection).fault.get(job, channel)?.times ?? 0

export function writeFault(connection: Connection, job: ExchangeJob, channel: number, times: number): void {
  statements(connection).setFault.run(job, channel, times)
}

/** Returns the replication counter up to which a channel's rows of a table were uploaded. */
export const uploadedCounter = (connection: Connection, channel: number, name: string): number =>
  statements(connection).uploaded.get(channel, name)?.counter ?? 0

export function writeUploadedCounter(connection: Connection, channel: number, name: string, counter: number): void {
  statements(connection).setUploaded.run(channel, name, counter)
}

/** Returns the session that a system job applies. */
export function findSessionOfJob(connection: Connection, systemJob: number): ExchangeSession | undefined {
  const row = statements(connection).bySystemJob.get(systemJob)
  return row && toSession(row)
}

export function writeSystemJob(connection: Connection, session: number, systemJob: number): void {
  statements(connection).setSystemJob.run(systemJob, session)
}
