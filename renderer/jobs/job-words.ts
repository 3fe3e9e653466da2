import type { Job, JobStatus } from '#engine/model'
import type { Tone } from '../ui/Badge.tsx'

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

export const progressTone = (status: JobStatus): 'accent' | 'held' | 'failed' | 'completed' =>
  status === 'Completed' ? 'completed' : status === 'Paused' ? 'held' : status === 'Failed' ? 'failed' : 'accent'
