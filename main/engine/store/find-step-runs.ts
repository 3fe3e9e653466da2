import { storeText } from '#text/english/store'
import { inputInvalid, tableUnknown } from '../contract/errors.ts'
import type { MessageName, StageName, StepMode } from '../contract/messages.ts'
import { stepLabel } from '../contract/plugins.ts'
import type { LookupValue } from '../contract/records.ts'
import type { StepOutcome, StepRun, StepRunPage, StepRunQuery, StepTime } from '../contract/trace.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from './connection.ts'
import { bytesToGuid, guidToBytes } from './guid.ts'
import { timeIn } from './readable-value.ts'
import { describeRows, findRow, nameIn, unknownRow } from './rows.ts'

/** One run of the trace log, with the registration of its step. */
export interface StepRunRow {
  number: number
  parent: number | null
  step: number
  table_number: number | null
  row: number | null
  guid: Buffer | null
  depth: number
  job: number | null
  batch: number | null
  attempt: number | null
  correlation: Buffer
  user: number
  startedon: number
  duration_us: number
  outcome: StepOutcome
  is_committed: number
  code: string | null
  error: string | null
  trace: string | null
  plugin_name: string
  plugin_version: string
  message: MessageName
  stage: StageName
  mode: StepMode
  rank: number
  job_guid: Buffer | null
  job_name: string | null
}

/** The long texts of a run, read for single runs only. */
export interface StepRunTexts {
  stack: string | null
  input: string | null
  output: string | null
  pre_image: string | null
  post_image: string | null
  /** The plug-in of the step if it is still installed. */
  plugin: number | null
}

type Parameters = Record<string, string | number | Buffer>

const RUNS = `
  SELECT r.number, r.parent, r.step, r.table_number, r.row, r.guid, r.depth, r.job, r.batch, r.attempt, r.correlation, r.user, r.startedon,
    r.duration_us, r.outcome, r.is_committed, r.code, r.error, r.trace,
    s.plugin_name, s.plugin_version, s.message, s.stage, s.mode, s.rank, j.guid AS job_guid, j.name AS job_name
  FROM _step_run r JOIN _step s ON s.number = r.step LEFT JOIN _system_job j ON j.number = r.job`

/** Restricts runs to the few steps that match a condition. The unary plus keeps SQLite from leaving the order of the log. */
const OF_STEPS = (condition: string) => `+r.step IN (SELECT number FROM _step WHERE ${condition})`

/** A job's runs are looked for from where they begin. */
const JOB_NUMBER = '(SELECT number FROM _system_job WHERE guid = :job)'
const OF_JOB = `r.job = ${JOB_NUMBER} AND r.number >= (SELECT first_run FROM _cascade_job WHERE job = ${JOB_NUMBER})`

/**
 * Returns a page of the trace log, newest first.
 * @throws INPUT_INVALID for an unknown table or a malformed record or job id
 */
export function findStepRuns(connection: Connection, model: CompiledModel, query: StepRunQuery): StepRunPage {
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > 1_000)
    throw inputInvalid(storeText.pageOfRuns, { limit: query.limit })
  const conditions: string[] = []
  const parameters: Parameters = { limit: query.limit + 1 }
  const where = (condition: string, values: Parameters = {}) => {
    conditions.push(condition)
    Object.assign(parameters, values)
  }
  if (query.plugin !== undefined) where(OF_STEPS('plugin_name = :plugin'), { plugin: query.plugin })
  if (query.step !== undefined) where('+r.step = :step', { step: query.step })
  if (query.table !== undefined) where('r.table_number = :table', { table: tableNumber(model, query.table) })
  if (query.record !== undefined) whereRecord(connection, model, query.record, where)
  if (query.jobId !== undefined) where(OF_JOB, { job: guidToBytes(query.jobId) })
  if (query.depth !== undefined) where('r.depth = :depth', { depth: query.depth })
  if (query.outcome !== undefined) where('r.outcome = :outcome', { outcome: query.outcome })
  // Literally the condition of the partial index; with a parameter SQLite would not use it.
  if (query.onlyErrors || (query.outcome !== undefined && query.outcome !== 'done')) where(`r.outcome <> 'done'`)
  if (query.correlationId !== undefined) where('r.correlation = :correlation', { correlation: guidToBytes(query.correlationId) })
  if (query.search)
    where(`(instr(lower(r.trace), lower(:search)) > 0 OR instr(lower(r.error), lower(:search)) > 0)`, { search: query.search })
  if (query.before !== undefined) where('r.number < :before', { before: query.before })
  if (query.after !== undefined) where('r.number > :after', { after: query.after })
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const rows = connection.statement<Parameters, StepRunRow>(`${RUNS}${filter} ORDER BY r.number DESC LIMIT :limit`).all(parameters)
  return { runs: describeRuns(connection, model, rows.slice(0, query.limit)), hasMore: rows.length > query.limit }
}

/** Finds runs by the record's row, or by the id that runs kept if the record no longer exists. */
function whereRecord(
  connection: Connection,
  model: CompiledModel,
  { table, id }: { table: string; id: string },
  where: (condition: string, values: Parameters) => void,
): void {
  const row = findRow(connection, model.table(table), id)
  const guid = guidToBytes(id)
  // The number of a row whose creation was rolled back may belong to another row now, so the id is compared too.
  if (row === undefined) where('r.guid = :guid AND r.table_number = :recordTable', { guid, recordTable: tableNumber(model, table) })
  else where('r.row = :row AND r.guid = :guid', { row, guid })
}

export function findStepRunRow(connection: Connection, number: number): StepRunRow | undefined {
  return connection.statement<[number], StepRunRow>(`${RUNS} WHERE r.number = ?`).get(number)
}

export function readStepRunTexts(connection: Connection, number: number): StepRunTexts | undefined {
  const sql = `
    SELECT r.stack, r.input, r.output, r.pre_image, r.post_image, s.plugin
    FROM _step_run r JOIN _step s ON s.number = r.step WHERE r.number = ?`
  return connection.statement<[number], StepRunTexts>(sql).get(number)
}

/**
 * Returns a run with its ancestors and all runs that they caused. These were written together and begin with a run without a parent, so
 * the tree ends before the next such run.
 */
export function findRunTree(connection: Connection, model: CompiledModel, number: number): StepRun[] {
  const sql = `${RUNS}
    WHERE r.number >= (SELECT coalesce(max(number), 0) FROM _step_run WHERE number <= :number AND parent IS NULL)
      AND r.number < coalesce((SELECT min(number) FROM _step_run WHERE number > :number AND parent IS NULL), 9223372036854775807)
    ORDER BY r.number`
  return describeRuns(connection, model, connection.statement<Parameters, StepRunRow>(sql).all({ number }))
}

/** Returns the total time of each step, longest first, for one job or the whole log. Excludes the time of steps that a step caused. */
export function findStepTimes(connection: Connection, jobId?: string): StepTime[] {
  const ofJob = jobId === undefined ? '' : `WHERE ${OF_JOB}`
  const sql = `
    WITH below AS (
      SELECT p.step, sum(r.duration_us) AS spent FROM _step_run r JOIN _step_run p ON p.number = r.parent ${ofJob} GROUP BY p.step
    )
    SELECT s.plugin_name AS plugin, t.step, s.message, s.stage, s.table_name AS "table", t.runs, t.failures,
      t.total - coalesce(b.spent, 0) AS totalMicroseconds, t.longest AS longestMicroseconds
    FROM (
      SELECT step, count(*) AS runs, sum(outcome <> 'done') AS failures, sum(duration_us) AS total, max(duration_us) AS longest
      FROM _step_run r ${ofJob} GROUP BY step
    ) t JOIN _step s ON s.number = t.step LEFT JOIN below b ON b.step = t.step
    ORDER BY totalMicroseconds DESC, t.step`
  return connection.statement<Parameters, StepTime>(sql).all(jobId === undefined ? {} : { job: guidToBytes(jobId) })
}

export interface RunCount {
  /** Only runs with a greater number. */
  after: number
  message: MessageName
  table?: string
  stage?: StageName
  plugin?: string
}

/** Counts committed runs. */
export function countRuns(connection: Connection, model: CompiledModel, { after, message, table, stage, plugin }: RunCount): number {
  const steps = ['message = :message', ...(stage ? ['stage = :stage'] : []), ...(plugin === undefined ? [] : ['plugin_name = :plugin'])]
  const ofTable = table === undefined ? '' : ' AND r.table_number = :table'
  const sql = `SELECT count(*) AS count FROM _step_run r WHERE r.number > :after AND r.is_committed = 1 AND ${OF_STEPS(steps.join(' AND '))}${ofTable}`
  const parameters: Parameters = {
    after,
    message,
    ...(stage ? { stage } : {}),
    ...(plugin === undefined ? {} : { plugin }),
    ...(table === undefined ? {} : { table: tableNumber(model, table) }),
  }
  return connection.statement<Parameters, { count: number }>(sql).get(parameters)?.count ?? 0
}

/**
 * Returns what the log keeps in words of all runs after one, in their order: the lines that each traced and, of one that failed, the name of
 * its plug-in, its step, the message of the exception, and its stack.
 */
export function findTraceTexts(connection: Connection, after: number): string[] {
  return connection
    .statement<[number], TracedRun>(`
      SELECT r.trace, r.outcome, r.error, r.stack, s.plugin_name AS plugin, s.message, s.table_name AS "table", s.stage
      FROM _step_run r JOIN _step s ON s.number = r.step WHERE r.number > ? AND (r.trace IS NOT NULL OR r.outcome <> 'done') ORDER BY r.number`)
    .all(after)
    .flatMap(({ trace, outcome, error, stack, ...step }) => [
      ...(trace === null ? [] : trace.split('\n')),
      ...(outcome === 'done' ? [] : [step.plugin, stepLabel(step), error, stack]).filter((text) => text !== null),
    ])
}

interface TracedRun {
  trace: string | null
  outcome: StepOutcome
  error: string | null
  stack: string | null
  plugin: string
  message: MessageName
  table: string | null
  stage: StageName
}

/** Converts rows to runs; records have their current names. */
export function describeRuns(connection: Connection, model: CompiledModel, rows: StepRunRow[]): StepRun[] {
  const records = describeRecords(connection, model, rows)
  const systemuser = model.table('systemuser')
  const users = describeRows(
    connection,
    systemuser,
    rows.map(({ user }) => user),
  )
  const userOf = (row: number) => users.get(row) ?? unknownRow(systemuser)
  return rows.map((row) => ({
    number: row.number,
    parent: row.parent,
    plugin: row.plugin_name,
    pluginVersion: row.plugin_version,
    step: row.step,
    message: row.message,
    stage: row.stage,
    mode: row.mode,
    rank: row.rank,
    record: recordOf(model, row, records),
    depth: row.depth,
    job:
      row.job_guid && row.job_name !== null
        ? { id: bytesToGuid(row.job_guid), name: row.job_name, batch: row.batch ?? 0, attempt: row.attempt ?? 0 }
        : null,
    correlationId: bytesToGuid(row.correlation),
    user: userOf(row.user).name ?? '',
    userId: userOf(row.user).id,
    startedOnMs: timeIn(row.startedon),
    durationMicroseconds: row.duration_us,
    outcome: row.outcome,
    isCommitted: row.is_committed === 1,
    code: row.code,
    error: nameIn(row.error),
    trace: nameIn(row.trace) ?? '',
  }))
}

function describeRecords(connection: Connection, model: CompiledModel, rows: StepRunRow[]): Map<number, LookupValue> {
  const described = new Map<number, LookupValue>()
  for (const [table, runs] of Map.groupBy(rows, ({ table_number }) => table_number)) {
    const known = table === null ? undefined : model.findTableByNumber(table)
    if (!known) continue
    const numbers = runs.flatMap(({ row }) => (row === null ? [] : [row]))
    for (const [row, value] of describeRows(connection, known, numbers)) described.set(row, value)
  }
  return described
}

/** Returns the record of a run; only its id is known if it was deleted or never committed, and nothing if its table is damaged. */
function recordOf(model: CompiledModel, row: StepRunRow, records: Map<number, LookupValue>): LookupValue | null {
  const table = row.table_number === null ? undefined : model.findTableByNumber(row.table_number)
  if (!table || row.guid === null) return null
  const named = row.row === null ? undefined : records.get(row.row)
  const id = bytesToGuid(row.guid)
  return named?.id === id ? named : { table: table.definition.logicalName, id, name: null }
}

/** @throws INPUT_INVALID */
function tableNumber(model: CompiledModel, name: string): number {
  const table = model.findTable(name)
  if (!table) throw tableUnknown(name)
  return table.number
}
