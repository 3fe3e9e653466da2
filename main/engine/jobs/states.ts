import { jobStatus, jobText } from '#text/english/jobs'
import { EngineError } from '../contract/errors.ts'
import type { JobStatus } from '../contract/jobs.ts'
import type { Connection } from '../store/connection.ts'
import { forgetGone } from '../store/gone-records.ts'
import type { StateCodes, SystemJobRow } from '../store/system-jobs.ts'
import { systemJobStatements } from '../store/system-jobs.ts'

/**
 * | status      | statecode     | statuscode               | goes to                                        |
 * |-------------|---------------|--------------------------|------------------------------------------------|
 * | Waiting     | 0 Ready       | 0 Waiting For Resources  | In Progress, Paused (by hand)                  |
 * | In Progress | 2 Locked      | 20 In Progress           | Waiting (retry, restart), Completed, Paused (also by hand), Failed |
 * | Paused      | 1 Suspended   | 10 Waiting               | Waiting (resume, re-execute), Cancelled        |
 * | Completed   | 3 Completed   | 30 Succeeded             | –                                              |
 * | Failed      | 3 Completed   | 31 Failed                | –                                              |
 * | Cancelled   | 3 Completed   | 32 Canceled              | –                                              |
 *
 * Failed is for a job that could not even be planned. A cascade under way is paused by hand between two batches; a step that runs is not. Source: dataverse reference, sections 2.4 and 2.6.
 */
const STATES: Record<JobStatus, { statecode: number; statuscode: number; next: readonly JobStatus[] }> = {
  Waiting: { statecode: 0, statuscode: 0, next: ['In Progress', 'Paused'] },
  'In Progress': { statecode: 2, statuscode: 20, next: ['Waiting', 'Completed', 'Paused', 'Failed'] },
  Paused: { statecode: 1, statuscode: 10, next: ['Waiting', 'Cancelled'] },
  Completed: { statecode: 3, statuscode: 30, next: [] },
  Failed: { statecode: 3, statuscode: 31, next: [] },
  Cancelled: { statecode: 3, statuscode: 32, next: [] },
}

export const codesOf = (status: JobStatus): StateCodes => ({ statecode: STATES[status].statecode, statuscode: STATES[status].statuscode })

/** Statuses by status code, which are all different. */
const STATUSES = new Map(Object.entries(STATES).map(([status, { statuscode }]) => [statuscode, status as JobStatus]))

export const statusOf = ({ statuscode }: StateCodes): JobStatus => STATUSES.get(statuscode) ?? 'Waiting'

export const isEnded = (status: JobStatus): boolean => STATES[status].statecode === 3

/**
 * Moves a job to another state. No other code assigns a state.
 * @throws JOB_MOVE_REFUSED for a move that the table lacks, with the platform's code.
 */
export function moveJob(connection: Connection, job: SystemJobRow, to: JobStatus, nowMs: number): void {
  if (!STATES[statusOf(job)].next.includes(to)) throw moveRefused(job, to)
  const started = to === 'In Progress' ? nowMs : null
  systemJobStatements(connection).setState.run({
    number: job.number,
    ...codesOf(to),
    now: nowMs,
    started,
    completed: isEnded(to) ? nowMs : null,
  })
  if (isEnded(to)) forgetGone(connection)
}

/** @throws JOB_MOVE_REFUSED where a job that somebody wants to move is not paused: a job under way moves by itself only. */
export function checkPaused(job: SystemJobRow, to: JobStatus): void {
  if (statusOf(job) !== 'Paused') throw moveRefused(job, to)
}

/** @throws JOB_MOVE_REFUSED where a job can not be paused by hand: it has ended, is paused, or is a step that runs */
export function checkStoppable(job: SystemJobRow, pausesUnderWay: boolean): void {
  const status = statusOf(job)
  if (status !== 'Waiting' && !(status === 'In Progress' && pausesUnderWay)) throw moveRefused(job, 'Paused')
}

function moveRefused(job: SystemJobRow, to: JobStatus): EngineError {
  const from = statusOf(job)
  return new EngineError('JOB_MOVE_REFUSED', jobText.moveRefused({ job: job.name, from: jobStatus[from], to: jobStatus[to] }), {
    platform: to === 'Cancelled' ? 'AsyncOperationCannotCancel' : 'AsyncOperationInvalidStateChange',
    hint: to === 'Paused' ? jobText.pausableHint : from === 'Paused' ? jobText.pausedMovesHint : jobText.notPausedHint,
    details: { job: job.name, from, to, allowed: STATES[from].next },
  })
}
