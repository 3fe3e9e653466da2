import { storeText } from '#text/english/store'
import { readStoredMessage, storedMessage } from '#text/stored-message'
import { EngineError } from '../contract/errors.ts'
import type { JobKindName, JobMessage } from '../contract/jobs.ts'
import { JOB_KINDS } from '../contract/jobs.ts'
import { checkedRow } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { guidToBytes } from './guid.ts'
import { systemJobRow } from './job-shapes.ts'
import { timeIn } from './readable-value.ts'
import { nameIn } from './rows.ts'
import { contentInvalid } from './unusable.ts'

/** A system job of any kind, with the columns of the platform's AsyncOperation. Numbers rise in the order of creation. */
export interface SystemJobRow {
  number: number
  guid: Buffer
  kind: JobKindName
  name: string
  operationtype: number
  statecode: number
  statuscode: number
  retrycount: number
  postponeuntil: number | null
  createdon: number
  startedon: number | null
  completedon: number | null
  modifiedon: number
  createdby: number
  ownerid: number
  owningbusinessunit: number | null
  /** Row number, GUID and name of the record that the job is about. */
  regardingobjectid: number | null
  regarding_guid: Buffer | null
  regarding_name: string | null
  primaryentitytype: string | null
  messagename: string
  /** Stored messages, like the hint; an older version kept sentences. */
  message: string | null
  friendlymessage: string | null
  errorcode: string | null
  /** The advice that the friendly message ends with. */
  hint: string | null
  /** The record that the error is about, as JSON. */
  record: string | null
  /** Number of the step run that the error comes from. */
  failed_run: number | null
  depth: number
  correlationid: Buffer
  requestid: Buffer
}

/** What a job is created with. It waits from the start. */
export type NewSystemJob = Pick<
  SystemJobRow,
  | 'guid'
  | 'kind'
  | 'name'
  | 'operationtype'
  | 'createdon'
  | 'createdby'
  | 'ownerid'
  | 'owningbusinessunit'
  | 'regardingobjectid'
  | 'regarding_guid'
  | 'regarding_name'
  | 'primaryentitytype'
  | 'messagename'
  | 'depth'
  | 'correlationid'
  | 'requestid'
>

export interface StateCodes {
  statecode: number
  statuscode: number
}

/**
 * The jobs of one kind that nobody else has, as hexadecimal GUIDs in a JSON array, and that are not held. One without a GUID cannot be run.
 */
const OPEN = `
  FROM _system_job WHERE kind = :kind AND statecode IN (0, 2) AND length(guid) = 16 AND hex(guid) NOT IN (SELECT value FROM json_each(:except))
    AND (number > :upTo OR number IN (SELECT value FROM json_each(:released)))`

interface HeldParameters {
  upTo: number
  /** Numbers of jobs that are not held, as a JSON array. */
  released: string
}

type OpenParameters = HeldParameters & { kind: string; except: string }

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<NewSystemJob, { number: number }>(`
    INSERT INTO _system_job (guid, kind, name, operationtype, statecode, statuscode, createdon, modifiedon, createdby, ownerid, owningbusinessunit,
      regardingobjectid, regarding_guid, regarding_name, primaryentitytype, messagename, depth, correlationid, requestid)
    VALUES (:guid, :kind, :name, :operationtype, 0, 0, :createdon, :createdon, :createdby, :ownerid, :owningbusinessunit,
      :regardingobjectid, :regarding_guid, :regarding_name, :primaryentitytype, :messagename, :depth, :correlationid, :requestid)
    RETURNING number`),
  byGuid: connection.statement<[Buffer], SystemJobRow>('SELECT * FROM _system_job WHERE guid = ?'),
  byNumber: connection.statement<[number], SystemJobRow>('SELECT * FROM _system_job WHERE number = ?'),
  next: connection.statement<OpenParameters & { now: number; after: number }, SystemJobRow>(
    `SELECT * ${OPEN} AND number > :after AND (statecode = 2 OR coalesce(postponeuntil, 0) <= :now) ORDER BY number LIMIT 1`,
  ),
  nextDue: connection.statement<OpenParameters, { due: number | null }>(
    `SELECT min(coalesce(postponeuntil, 0)) AS due ${OPEN} AND statecode = 0`,
  ),
  lastOpen: connection.statement<[], { number: number | null }>('SELECT max(number) AS number FROM _system_job WHERE statecode IN (0, 2)'),
  countHeld: connection.statement<HeldParameters, { count: number }>(
    `SELECT count(*) AS count FROM _system_job WHERE statecode IN (0, 2) AND number <= :upTo AND number NOT IN (SELECT value FROM json_each(:released))`,
  ),
  underWay: connection.statement<[], SystemJobRow>('SELECT * FROM _system_job WHERE statuscode = 20 ORDER BY number'),
  setState: connection.statement<StateCodes & { number: number; now: number; started: number | null; completed: number | null }>(`
    UPDATE _system_job
    SET statecode = :statecode, statuscode = :statuscode, modifiedon = :now, startedon = coalesce(startedon, :started), completedon = :completed
    WHERE number = :number`),
  countRetry: connection.statement<[number]>('UPDATE _system_job SET retrycount = retrycount + 1 WHERE number = ?'),
  postpone: connection.statement<[number | null, number]>('UPDATE _system_job SET postponeuntil = ? WHERE number = ?'),
  setError: connection.statement<
    Pick<SystemJobRow, 'number' | 'message' | 'friendlymessage' | 'errorcode' | 'hint' | 'record' | 'failed_run'>
  >(`
    UPDATE _system_job
    SET message = :message, friendlymessage = :friendlymessage, errorcode = :errorcode, hint = :hint, record = :record, failed_run = :failed_run
    WHERE number = :number`),
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

export const systemJobStatements = statements

/** Writes a waiting job inside the caller's transaction. Returns its number. */
export function insertSystemJob(connection: Connection, job: NewSystemJob): number {
  return (statements(connection).insert.get(job) as { number: number }).number
}

/** @throws ENVIRONMENT_UNUSABLE if the job's row is not one that was written here */
export function findSystemJob(connection: Connection, id: string): SystemJobRow | undefined {
  const row = statements(connection).byGuid.get(guidToBytes(id))
  return row && (checkedRow(connection, '_system_job', systemJobRow, row) as unknown as SystemJobRow)
}

/** Checks that a job is of a kind that there is; the kind checks the other columns with its own. @throws ENVIRONMENT_UNUSABLE */
export function checkJobKind(connection: Connection, { kind }: SystemJobRow): void {
  if (!JOB_KINDS.includes(kind)) throw contentInvalid(connection, '_system_job', 'kind', kind)
}

/** @throws RECORD_NOT_FOUND */
export function getSystemJob(connection: Connection, id: string): SystemJobRow {
  const row = findSystemJob(connection, id)
  if (!row)
    throw new EngineError('RECORD_NOT_FOUND', storeText.jobNotFound({ id }), {
      platform: 'ObjectDoesNotExist',
      details: { id },
    })
  return row
}

/** GUIDs as SQLite's hex() writes them. */
const hexList = (ids: readonly string[]): string => JSON.stringify(ids.map((id) => id.replaceAll('-', '').toUpperCase()))

/** The jobs that are held: those up to a number, except some. */
export interface HeldRange {
  upTo: number
  released: readonly number[]
}

const heldParameters = ({ upTo, released }: HeldRange): HeldParameters => ({ upTo, released: JSON.stringify(released) })

interface JobsToRun {
  /** Ids of jobs that somebody else has. */
  except: readonly string[]
  held: HeldRange
}

interface NextJob extends JobsToRun {
  nowMs: number
  /** Only jobs with a greater number. */
  after: number
}

/** Returns the oldest job of a kind that is due or under way, is not one of `except`, and is not held. */
export function nextSystemJob(
  connection: Connection,
  kind: JobKindName,
  { nowMs, except, held, after }: NextJob,
): SystemJobRow | undefined {
  return statements(connection).next.get({ kind, now: nowMs, except: hexList(except), after, ...heldParameters(held) })
}

/** Returns when the earliest waiting job of a kind is due; `undefined` where none waits. */
export function nextDueMs(connection: Connection, kind: JobKindName, { except, held }: JobsToRun): number | undefined {
  return statements(connection).nextDue.get({ kind, except: hexList(except), ...heldParameters(held) })?.due ?? undefined
}

/** Counts the jobs that would run if they were not held. */
export const countHeldJobs = (connection: Connection, held: HeldRange): number =>
  held.upTo === 0 ? 0 : (statements(connection).countHeld.get(heldParameters(held))?.count ?? 0)

/** Which jobs a page lists: those of a kind, in a status, older than the job with the number `before`. */
export interface SystemJobQuery {
  kind?: JobKindName | undefined
  statuscode?: number | undefined
  before?: number | undefined
  limit: number
}

/** Reads one page of jobs, newest first. Each combination of filters has an index that gives this order. */
export function findSystemJobs(connection: Connection, { kind, statuscode, before, limit }: SystemJobQuery): SystemJobRow[] {
  const sql = `SELECT * FROM _system_job ${filterOf({ kind, statuscode, before })} ORDER BY number DESC LIMIT :limit`
  return connection.statement<Record<string, unknown>, SystemJobRow>(sql).all({ kind, statuscode, before, limit })
}

/** Counts jobs of a kind and in a status without reading them. */
export function countSystemJobs(connection: Connection, { kind, statuscode }: Pick<SystemJobQuery, 'kind' | 'statuscode'>): number {
  const sql = `SELECT coalesce(sum(count), 0) AS count FROM _job_count ${filterOf({ kind, statuscode })}`
  return connection.statement<Record<string, unknown>, { count: number }>(sql).get({ kind, statuscode })?.count ?? 0
}

function filterOf({ kind, statuscode, before }: Omit<SystemJobQuery, 'limit'>): string {
  const conditions = [
    ...(kind === undefined ? [] : ['kind = :kind']),
    ...(statuscode === undefined ? [] : ['statuscode = :statuscode']),
    ...(before === undefined ? [] : ['number < :before']),
  ]
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
}

export function addJobMessage(connection: Connection, number: number, message: JobMessage): void {
  statements(connection).addMessage.run(number, message.atMs, message.level, message.code, storedMessage(message.text))
}

export function findJobMessages(connection: Connection, number: number): JobMessage[] {
  return statements(connection)
    .messages.all(number)
    .map(({ at_ms, level, code, text }) => ({
      atMs: timeIn(at_ms),
      level: levelIn(level),
      code,
      text: readStoredMessage(nameIn(text) ?? ''),
    }))
}

/** Returns a stored level; a damaged one counts as a warning. */
const levelIn = (level: string): JobMessage['level'] => (level === 'information' || level === 'error' ? level : 'warning')
