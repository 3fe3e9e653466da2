import type { CascadeOperation } from '../contract/cascades.ts'
import { checkedRow } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { cascadeJobRow } from './job-shapes.ts'
import type { SystemJobRow } from './system-jobs.ts'
import { contentInvalid } from './unusable.ts'

/** The system job of a cascade: its plan is a range of items, its progress a position in that range. */
export interface CascadeJobRow extends SystemJobRow {
  regardingobjectid: number
  regarding_guid: Buffer
  primaryentitytype: string
  operation: CascadeOperation
  request: string
  /** What the steps of the job's message have told each other, see RequestContext. */
  event: string | null
  /** Tries of the failing item. */
  attempts: number
  planned: number
  first_item: number
  total: number
  position: number
  /** When the position was last written. */
  progressedon: number
  batches: number
  /** Records that a bulk delete left out. */
  failed: number
  failing_item: number | null
  /** The failing item's record, as JSON. */
  failing: string | null
  /** A batch that is done in parts, which a crash in between does not end. */
  batch_first: number | null
  batch_last: number | null
  hold_first: number | null
  hold_last: number | null
}

const COLUMNS = [
  'operation',
  'request',
  'event',
  'attempts',
  'planned',
  'first_item',
  'total',
  'position',
  'progressedon',
  'batches',
  'failed',
  'failing_item',
  'failing',
  'batch_first',
  'batch_last',
  'hold_first',
  'hold_last',
]

/** All columns of a CascadeJobRow, where `s` is _system_job and `c` is _cascade_job. */
export const CASCADE_JOB_COLUMNS = `s.*, ${COLUMNS.map((column) => `c.${column}`).join(', ')}`

const JOBS = `SELECT ${CASCADE_JOB_COLUMNS} FROM _system_job s JOIN _cascade_job c ON c.job = s.number`

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<{ job: number; operation: string; request: string; event: string; now: number }>(`
    INSERT INTO _cascade_job (job, operation, request, event, progressedon, first_run)
    VALUES (:job, :operation, :request, :event, :now, (SELECT coalesce(max(number), 0) + 1 FROM _step_run))`),
  // Read several times for each batch. SQLite prepares a join again whenever a parameter in it is bound; a CAST hides the parameter
  // from the planner, which makes this 25 times as fast.
  byNumber: connection.statement<[number], CascadeJobRow>(`${JOBS} WHERE s.number = CAST(? AS INTEGER)`),
  lastOf: connection.statement<[number, string], CascadeJobRow>(
    `${JOBS} WHERE s.kind = 'cascade' AND s.regardingobjectid = ? AND c.operation = ? ORDER BY s.number DESC LIMIT 1`,
  ),
  heldRoot: connection.statement<[number, string], CascadeJobRow>(
    `${JOBS} WHERE s.kind = 'cascade' AND s.regardingobjectid = ? AND c.operation = ? AND s.statecode <> 3 ORDER BY s.number LIMIT 1`,
  ),
  setPlanned: connection.statement<{ number: number; planned: number; firstItem: number; total: number }>(
    'UPDATE _cascade_job SET planned = :planned, first_item = :firstItem, total = :total WHERE job = :number',
  ),
  /** Not where another plan has taken the place of this one. */
  finishPlan: connection.statement<{ number: number; firstItem: number }>(
    'UPDATE _cascade_job SET planned = 1 WHERE job = :number AND first_item = :firstItem',
  ),
  setRequest: connection.statement<[string, number]>('UPDATE _cascade_job SET request = ? WHERE job = ?'),
  setEvent: connection.statement<[string, number]>('UPDATE _cascade_job SET event = ? WHERE job = ?'),
  /** Runs with every record that has steps: it touches this table only, and no index. */
  advance: connection.statement<[position: number, batches: number, nowMs: number, number: number]>(
    'UPDATE _cascade_job SET position = ?, batches = batches + ?, progressedon = ? WHERE job = ?',
  ),
  setFailure: connection.statement<{ number: number; item: number; attempts: number; failing: string | null }>(
    'UPDATE _cascade_job SET failing_item = :item, attempts = :attempts, failing = :failing WHERE job = :number',
  ),
  /** The job has got over all failures. */
  forgetFailing: connection.statement<[number]>('UPDATE _cascade_job SET failing = NULL WHERE job = ?'),
  /** After a full assign of the root nothing is left half-way by a cancelled one: no failing item, nothing to make good. */
  forgetCancelled: connection.statement<{ root: number; operation: string }>(`
    UPDATE _cascade_job SET failing_item = NULL
    WHERE operation = :operation AND job IN (SELECT number FROM _system_job WHERE kind = 'cascade' AND regardingobjectid = :root AND statuscode = 32)`),
  /** The failing item has been got over with one more try. */
  countLastTry: connection.statement<[number]>('UPDATE _cascade_job SET attempts = attempts + 1 WHERE job = ?'),
  /** Attempts are counted afresh. */
  startAfresh: connection.statement<[number]>('UPDATE _cascade_job SET failing_item = NULL, failing = NULL, attempts = 0 WHERE job = ?'),
  restartPlan: connection.statement<[number]>(
    'UPDATE _cascade_job SET planned = 0, total = 0, position = 0, batches = 0, failed = 0 WHERE job = ?',
  ),
  keepFailed: connection.statement<[job: number, number: number, record: string]>(
    'INSERT OR REPLACE INTO _failed_record (job, number, record) VALUES (?, ?, ?)',
  ),
  failedRecords: connection.statement<[job: number, most: number], { record: string }>(
    'SELECT record FROM _failed_record WHERE job = ? AND number <= ? ORDER BY number',
  ),
  countFailed: connection.statement<[number], { failed: number }>(
    'UPDATE _cascade_job SET failed = failed + 1 WHERE job = ? RETURNING failed',
  ),
  beginBatch: connection.statement<{ number: number; first: number; last: number }>(
    'UPDATE _cascade_job SET batch_first = :first, batch_last = :last, hold_first = :first, hold_last = :last WHERE job = :number',
  ),
  endBatch: connection.statement<[number]>(
    'UPDATE _cascade_job SET batch_first = NULL, batch_last = NULL, hold_first = NULL, hold_last = NULL WHERE job = ?',
  ),
  /** Lets go of the records; the batch is still the same. */
  letGo: connection.statement<[number]>('UPDATE _cascade_job SET hold_first = NULL, hold_last = NULL WHERE job = ?'),
}))

export const cascadeJobStatements = statements

/** Reads the job of a cascade by its number, which must exist. */
export const getCascadeJob = (connection: Connection, number: number): CascadeJobRow =>
  statements(connection).byNumber.get(number) as CascadeJobRow

/** Reads the job of a cascade with its columns checked, before it is run or shown. @throws ENVIRONMENT_UNUSABLE */
export function checkCascadeJob(connection: Connection, number: number): CascadeJobRow {
  const row: CascadeJobRow | undefined = statements(connection).byNumber.get(number)
  if (!row) throw contentInvalid(connection, '_cascade_job', 'job', number)
  const checked = checkedRow(connection, '_cascade_job', cascadeJobRow, row) as unknown as CascadeJobRow
  if (checked.position > checked.total) throw contentInvalid(connection, '_cascade_job', 'position', checked.position)
  return checked
}
