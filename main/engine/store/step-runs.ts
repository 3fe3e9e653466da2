import type { StepOutcome } from '../contract/trace.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'

/** One run of a step, for the trace log. */
export interface NewRun {
  /** Its number in the trace log, once it is written there. */
  number?: number
  step: number
  tableNumber: number | null
  row: number | null
  guid: Buffer | null
  depth: number
  /** Index, in the same list, of the run whose request caused this one. */
  parent: number | null
  /** Number of the cascade job. */
  job: number | null
  batch: number | null
  attempt: number | null
  correlation: Buffer
  /** Row of the user that the step ran as. */
  user: number
  startedOnMs: number
  durationUs: number
  outcome: StepOutcome
  isCommitted: boolean
  code: string | null
  error: string | null
  stack: string | null
  /** Lines, one after the other. */
  trace: string | null
  /** The step's input, as passed to the plug-in. */
  input: string | null
  output: string | null
  preImage: string | null
  postImage: string | null
}

/** Limit for the rows deleted at once, so that shortening the log by a setting blocks nobody. */
const TRIMMED_AT_ONCE = 10_000

/** Parameters by position: looking up names would cost time in each call, and there is one for each step of each record. */
const INSERT = `
  INSERT INTO _step_run (parent, step, table_number, row, guid, depth, job, batch, attempt, correlation, user, startedon, duration_us, outcome,
    is_committed, code, error, stack, trace, input, output, pre_image, post_image)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const statements = statementsOnce((connection: Connection) => ({
  last: connection.statement<[], { number: number | null }>('SELECT max(number) AS number FROM _step_run'),
  first: connection.statement<[], { number: number | null }>('SELECT min(number) AS number FROM _step_run'),
  deleteUpTo: connection.statement<[number]>('DELETE FROM _step_run WHERE number <= ?'),
}))

/** Writes runs in the order in which they began, so that a parent precedes its children, and gives each its number. Numbers are consecutive. */
export function insertRuns(connection: Connection, runs: NewRun[]): void {
  if (runs.length === 0) return
  const insert = connection.statement<(string | number | Buffer | null)[]>(INSERT)
  connection.write(() => {
    let first = 0
    for (const run of runs) {
      run.number = Number(
        insert.run(
          run.parent === null ? null : first + run.parent,
          run.step,
          run.tableNumber,
          run.row,
          run.guid,
          run.depth,
          run.job,
          run.batch,
          run.attempt,
          run.correlation,
          run.user,
          run.startedOnMs,
          run.durationUs,
          run.outcome,
          run.isCommitted ? 1 : 0,
          run.code,
          run.error,
          run.stack,
          run.trace,
          run.input,
          run.output,
          run.preImage,
          run.postImage,
        ).lastInsertRowid,
      )
      if (first === 0) first = run.number
    }
  })
}

/** Returns the number of the newest run; 0 if there is none. */
export function lastRunNumber(connection: Connection): number {
  return statements(connection).last.get()?.number ?? 0
}

/** Deletes the oldest runs beyond `keep`, a limited number at a time. Numbers have no gaps, so no counting is needed. */
export function trimRuns(connection: Connection, keep: number): void {
  const { first, deleteUpTo } = statements(connection)
  const oldest = first.get()?.number
  if (oldest === null || oldest === undefined) return
  const upTo = Math.min(lastRunNumber(connection) - keep, oldest - 1 + TRIMMED_AT_ONCE)
  if (upTo >= oldest) connection.write(() => deleteUpTo.run(upTo))
}
