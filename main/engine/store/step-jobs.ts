import type { MessageName } from '../contract/messages.ts'
import { checkedRow } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { stepJobRow } from './job-shapes.ts'
import type { NewSystemJob, SystemJobRow } from './system-jobs.ts'
import { insertSystemJob } from './system-jobs.ts'
import { contentInvalid } from './unusable.ts'

/** The system job of an asynchronous step. */
export interface StepJobRow extends SystemJobRow {
  messagename: MessageName
  step: number
  /** Row of the user whose rights the step has. */
  user: number
  /** A StepInput as JSON. */
  context: string
  /** Requests that the step has made so far, as JSON. */
  journal: string | null
  plugin_name: string
  /** The step's position in its plug-in. */
  ordinal: number
}

/** The platform's operation type for an event that a plug-in handles. Source: dataverse reference, section 2.7. */
const SYSTEM_EVENT = 1

export interface NewStepJob extends Omit<NewSystemJob, 'kind' | 'operationtype' | 'regarding_name'> {
  step: number
  user: number
  context: string
}

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<[job: number, step: number, user: number, context: string]>(
    'INSERT INTO _step_job (job, step, user, context) VALUES (?, ?, ?, ?)',
  ),
  byNumber: connection.statement<[number], StepJobRow>(`
    SELECT j.*, q.step, q.user, q.context, q.journal, s.plugin_name, s.ordinal
    FROM _system_job j JOIN _step_job q ON q.job = j.number JOIN _step s ON s.number = q.step WHERE j.number = CAST(? AS INTEGER)`),
  setJournal: connection.statement<[string | null, number]>('UPDATE _step_job SET journal = ? WHERE job = ?'),
}))

/** Writes the waiting job of an asynchronous step, in the transaction of the change that the step listens to. */
export function insertStepJob(connection: Connection, { step, user, context, ...job }: NewStepJob): void {
  const number = insertSystemJob(connection, { ...job, kind: 'step', operationtype: SYSTEM_EVENT, regarding_name: null })
  statements(connection).insert.run(number, step, user, context)
}

/** Reads the job of a step by its number. @throws ENVIRONMENT_UNUSABLE if its columns, or those of its step, are not as they were written */
export function getStepJob(connection: Connection, number: number): StepJobRow {
  const row = statements(connection).byNumber.get(number)
  if (!row) throw contentInvalid(connection, '_step_job', 'job', number)
  return checkedRow(connection, '_step_job', stepJobRow, row) as unknown as StepJobRow
}

/** Keeps what the step has asked for so far; `null` once it has ended. */
export function setStepJournal(connection: Connection, number: number, journal: string | null): void {
  statements(connection).setJournal.run(journal, number)
}
