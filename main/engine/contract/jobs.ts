import type { CascadeOperation, CascadeRequest } from './cascades.ts'
import type { MessageName } from './messages.ts'
import type { LookupValue } from './records.ts'

/** System jobs: plain data. */

/** The status of a job. Source: dataverse reference, section 2.6. */
export const JOB_STATUSES = ['Waiting', 'In Progress', 'Completed', 'Paused', 'Failed', 'Cancelled'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/** A system job (AsyncOperation). Source: dataverse reference, section 2.7. */
export interface Job {
  id: string
  name: string
  operation: CascadeOperation
  operationType: number
  status: JobStatus
  statecode: number
  statuscode: number
  retryCount: number
  /** Attempts of the last failing record, including the one that succeeded; 0 if none failed. */
  attempts: number
  postponeUntilMs: number | null
  createdOnMs: number
  startedOnMs: number | null
  completedOnMs: number | null
  modifiedOnMs: number
  createdBy: LookupValue
  owner: LookupValue
  owningBusinessUnit: LookupValue | null
  regarding: LookupValue
  primaryEntityType: string
  messageName: string
  message: string | null
  friendlyMessage: string | null
  errorCode: string | null
  depth: number
  correlationId: string
  requestId: string
  /** Number of records of the plan, of processed ones, and of committed batches. `total` is 0 until the plan is written. */
  total: number
  processed: number
  batches: number
  request: CascadeRequest
}

export interface JobMessage {
  atMs: number
  level: 'information' | 'warning' | 'error'
  code: string | null
  text: string
}

export interface JobDetails {
  job: Job
  messages: JobMessage[]
}

/** The system job of an asynchronous step. Source: dataverse reference, sections 2.7 and 5.4. */
export interface StepJob {
  id: string
  name: string
  operationType: 1
  status: Exclude<JobStatus, 'Paused' | 'Cancelled'>
  statecode: number
  statuscode: number
  plugin: string
  message: MessageName
  regarding: LookupValue | null
  retryCount: number
  createdOnMs: number
  startedOnMs: number | null
  completedOnMs: number | null
  createdBy: LookupValue
  errorMessage: string | null
  errorCode: string | null
  depth: number
  correlationId: string
}
