import type { Job, JobStatus } from '#engine/contract/jobs'
import { platform } from '#text/english/platform'
import type { Message } from '#text/message'
import { isPostponed, type JobMove } from '../../frame/stores/jobs.ts'
import type { Words } from '../../text/words.ts'
import type { Tone } from '../../ui/Badge.tsx'
import { jobText } from './texts.ts'

export const STATUS_TONE: Record<JobStatus, Tone> = {
  Waiting: 'neutral',
  'In Progress': 'accent',
  Completed: 'completed',
  Paused: 'held',
  Failed: 'failed',
  Cancelled: 'neutral',
}

/** The platform's labels by number. Source: dataverse reference, section 2.7. */
const OPERATION_TYPES: Record<number, Message> = platform.operationType
const STATES: Record<number, Message> = platform.jobState
const STATUS_CODES: Record<number, Message> = platform.jobStatusCode

export const operationTypeLabel = (type: number): Message =>
  jobText.numbered({ label: OPERATION_TYPES[type] ?? jobText.unknownOperation, code: String(type) })

export const stateLabel = ({ statecode, statuscode }: Pick<Job, 'statecode' | 'statuscode'>): Message =>
  jobText.state({
    state: jobText.numbered({ label: STATES[statecode] ?? String(statecode), code: String(statecode) }),
    status: jobText.numbered({ label: STATUS_CODES[statuscode] ?? String(statuscode), code: String(statuscode) }),
  })

/** Returns the error of a job on one line; empty without one. */
export const errorOf = ({ errorCode, message }: Job, say: Words['say']): string =>
  [errorCode, message && say(message)].filter(Boolean).join(' ')

const PAUSED_MOVES: readonly JobMove[] = ['resume', 'reexecute', 'cancel']

/** Returns the actions on a job. A step that runs cannot be paused, a cascade can, between two batches. */
export function movesOf({ status, kind }: Job): readonly JobMove[] {
  if (status === 'Paused') return PAUSED_MOVES
  return status === 'Waiting' || (status === 'In Progress' && kind === 'cascade') ? ['pause'] : []
}

/** Returns one or two sentences about what happens next with a job and what a person can do. */
export function nextStepOf(job: Job): Message {
  if (isPostponed(job)) return jobText.nextStep.postponed
  if (job.status === 'Paused' && job.message === null) return jobText.nextStep.pausedByHand
  return jobText.nextStep[job.status]
}
