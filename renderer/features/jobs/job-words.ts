import type { Job, JobStatus } from '#engine/contract/jobs'
import type { JobMove } from '../../frame/stores/jobs.ts'
import type { Tone } from '../../ui/Badge.tsx'

export const STATUS_TONE: Record<JobStatus, Tone> = {
  Waiting: 'neutral',
  'In Progress': 'accent',
  Completed: 'completed',
  Paused: 'held',
  Failed: 'failed',
  Cancelled: 'neutral',
}

/** The platform's labels of operationtype. Source: dataverse reference, section 2.7. */
const OPERATION_TYPES: Record<number, string> = {
  1: 'System Event',
  10: 'Workflow',
  13: 'Bulk Delete',
  54: 'Execute Async Request',
  88: 'Cascade Reparent DB Async Operation',
  89: 'Cascade Merge Async Operation',
  90: 'CascadeAssign',
  91: 'CascadeDelete',
  96: 'Revoke Inherited Access',
  105: 'Cascade Assign All Async Operation',
}
export const operationTypeLabel = (type: number): string => `${OPERATION_TYPES[type] ?? 'Operation'} (${type})`

const STATES: Record<number, string> = { 0: 'Ready', 1: 'Suspended', 2: 'Locked', 3: 'Completed' }
const STATUS_CODES: Record<number, string> = {
  0: 'Waiting For Resources',
  10: 'Waiting',
  20: 'In Progress',
  21: 'Pausing',
  22: 'Canceling',
  30: 'Succeeded',
  31: 'Failed',
  32: 'Canceled',
}
export const stateLabel = ({ statecode, statuscode }: Pick<Job, 'statecode' | 'statuscode'>): string =>
  `${STATES[statecode] ?? statecode} (${statecode}) / ${STATUS_CODES[statuscode] ?? statuscode} (${statuscode})`

export const MOVES: Record<JobMove, { label: string; explanation: string; refused: string }> = {
  resume: {
    label: 'Resume',
    explanation: 'Goes on where the job stopped; what is done already is not done again.',
    refused: 'The job was not resumed',
  },
  reexecute: {
    label: 'Execute again',
    explanation: 'Plans what is left from the data as it is now, for instance without a record that was deleted meanwhile.',
    refused: 'The job was not executed again',
  },
  cancel: {
    label: 'Cancel job',
    explanation: 'Gives the job up for good; what it has done stays done.',
    refused: 'The job was not cancelled',
  },
}
export const ALL_MOVES: readonly JobMove[] = ['resume', 'reexecute', 'cancel']

/** Returns the advice in the friendly message, which is the message followed by advice; empty if there is none. */
export const adviceOf = ({ message, friendlyMessage }: Pick<Job, 'message' | 'friendlyMessage'>): string =>
  friendlyMessage === null
    ? ''
    : message !== null && friendlyMessage.startsWith(message)
      ? withoutFullStop(friendlyMessage.slice(message.length)).trim()
      : friendlyMessage.trim()

/** Removes the full stop that precedes the advice if the message had none. */
const withoutFullStop = (rest: string): string => (rest.startsWith('.') ? rest.slice(1) : rest)

/** Returns one or two sentences about what happens next with a job and what a person can do. */
export function nextStepOf(job: Job): string {
  switch (job.status) {
    case 'Waiting':
      return job.postponeUntilMs === null
        ? 'The job waits for its turn and starts by itself.'
        : 'The job tries the failed record again by itself; after the last try it pauses. It cannot be cancelled while it waits.'
    case 'In Progress':
      return 'A running job cannot be cancelled: wait until it completes, fails or pauses.'
    case 'Paused':
      return 'The job keeps its place and does nothing until somebody decides. Remove the cause first, then resume.'
    case 'Failed':
      return 'The job is over and cannot be resumed. Start the operation again once the cause is gone.'
    case 'Cancelled':
      return 'The job is over. Records of finished batches keep their new values, the others their old ones.'
    case 'Completed':
      return 'Every batch is committed.'
  }
}
