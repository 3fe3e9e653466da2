import { EngineError } from '../errors.ts'
import type { CascadeOperation, JobStatus } from '../model.ts'
import type { Connection } from '../store/connection.ts'
import type { JobRow } from '../store/jobs.ts'
import { jobStatements } from '../store/jobs.ts'

/**
 * | status      | statecode     | statuscode               | goes to                                  |
 * |-------------|---------------|--------------------------|------------------------------------------|
 * | Waiting     | 0 Ready       | 0 Waiting For Resources  | In Progress                              |
 * | In Progress | 2 Locked      | 20 In Progress           | Waiting (at start), Completed, Failed    |
 * | Paused      | 1 Suspended   | 10 Waiting               | Waiting, Cancelled                       |
 * | Completed   | 3 Completed   | 30 Succeeded             | –                                        |
 * | Failed      | 3 Completed   | 31 Failed                | –                                        |
 * | Cancelled   | 3 Completed   | 32 Canceled              | –                                        |
 *
 * Source: dataverse reference, sections 2.4 and 2.6. Nothing pauses a job yet: what fails ends it as Failed.
 */
const STATES: Record<JobStatus, { statecode: number; statuscode: number; next: readonly JobStatus[] }> = {
  Waiting: { statecode: 0, statuscode: 0, next: ['In Progress'] },
  'In Progress': { statecode: 2, statuscode: 20, next: ['Waiting', 'Completed', 'Failed'] },
  Paused: { statecode: 1, statuscode: 10, next: ['Waiting', 'Cancelled'] },
  Completed: { statecode: 3, statuscode: 30, next: [] },
  Failed: { statecode: 3, statuscode: 31, next: [] },
  Cancelled: { statecode: 3, statuscode: 32, next: [] },
}

export interface JobCodes {
  statecode: number
  statuscode: number
}

export const codesOf = (status: JobStatus): JobCodes => ({ statecode: STATES[status].statecode, statuscode: STATES[status].statuscode })

export function statusOf({ statecode, statuscode }: JobCodes): JobStatus {
  const found = Object.entries(STATES).find(([, codes]) => codes.statecode === statecode && codes.statuscode === statuscode)
  return (found?.[0] ?? 'Waiting') as JobStatus
}

export const isEnded = (status: JobStatus): boolean => STATES[status].statecode === 3

/** Brings a job to its next state; no other code does. @throws JOB_MOVE_REFUSED for a move that the table lacks. */
export function moveJob(connection: Connection, job: JobRow, to: JobStatus, nowMs: number): void {
  const from = statusOf(job)
  if (!STATES[from].next.includes(to))
    throw new EngineError('JOB_MOVE_REFUSED', `A job that is ${from} cannot become ${to}.`, { details: { job: job.name, from, to, allowed: STATES[from].next } })
  const started = to === 'In Progress' ? nowMs : null
  jobStatements(connection).setState.run({ number: job.number, ...codesOf(to), now: nowMs, started, completed: isEnded(to) ? nowMs : null })
}

/** Source: dataverse reference, section 2.7. */
export const OPERATION_TYPES: Record<CascadeOperation, number> = { Merge: 89, Assign: 90, Delete: 91 }

/** The platform's name for a job; confirmed for Delete, by analogy for the others. Source: dataverse reference, section 2.8. */
export const jobName = (operation: CascadeOperation, table: string, id: string): string => `Cascade ${operation}:[${table}]-[${id}]`
