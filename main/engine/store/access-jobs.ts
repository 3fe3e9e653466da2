import { checkedRow } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { accessJobRow } from './job-shapes.ts'
import type { SystemJobRow } from './system-jobs.ts'
import { contentInvalid } from './unusable.ts'

/** The system job that takes away inherited access. */
export interface AccessJobRow extends SystemJobRow {
  /** Schema name. */
  relationship: string
  /** Rows whose inherited access was taken away; `null` until the job has ended. */
  removed: number | null
}

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<[job: number, relationship: string]>('INSERT INTO _access_job (job, relationship) VALUES (?, ?)'),
  byNumber: connection.statement<[number], AccessJobRow>(
    'SELECT s.*, a.relationship, a.removed FROM _system_job s JOIN _access_job a ON a.job = s.number WHERE s.number = ?',
  ),
  setRemoved: connection.statement<[number, number]>('UPDATE _access_job SET removed = ? WHERE job = ?'),
}))

export const insertAccessJob = (connection: Connection, job: number, relationship: string): void =>
  void statements(connection).insert.run(job, relationship)

/** Reads a job by its number. @throws ENVIRONMENT_UNUSABLE if its columns are not as they were written */
export function getAccessJob(connection: Connection, number: number): AccessJobRow {
  const row = statements(connection).byNumber.get(number)
  if (!row) throw contentInvalid(connection, '_access_job', 'job', number)
  return checkedRow(connection, '_access_job', accessJobRow, row) as unknown as AccessJobRow
}

export const setRemoved = (connection: Connection, job: number, removed: number): void =>
  void statements(connection).setRemoved.run(removed, job)
