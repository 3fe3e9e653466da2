import type { Message } from '#text/message'
import type { CascadeOperation, CascadeRequest } from './cascades.ts'
import type { MessageName } from './messages.ts'
import type { LookupValue } from './records.ts'

/** System jobs: plain data. */

/** The status of a job. Source: dataverse reference, section 2.6. */
export const JOB_STATUSES = ['Waiting', 'In Progress', 'Completed', 'Paused', 'Failed', 'Cancelled'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/**
 * What a job does, in the order in which kinds take turns: the step of a plug-in after the commit, a session of the exchange between headquarters and
 * channels, a batch of headquarters, a cascade, or the removal of inherited access.
 */
export const JOB_KINDS = ['step', 'exchange', 'batch', 'cascade', 'access'] as const
export type JobKindName = (typeof JOB_KINDS)[number]

/** A system job (AsyncOperation) of any kind. Source: dataverse reference, section 2.7. */
export interface SystemJob {
  id: string
  kind: JobKindName
  name: string
  operationType: number
  status: JobStatus
  statecode: number
  statuscode: number
  retryCount: number
  postponeUntilMs: number | null
  createdOnMs: number
  startedOnMs: number | null
  completedOnMs: number | null
  modifiedOnMs: number
  createdBy: LookupValue
  owner: LookupValue
  owningBusinessUnit: LookupValue | null
  /** `null` for the messages of jobs, which have no record. */
  regarding: LookupValue | null
  primaryEntityType: string | null
  messageName: string
  message: Message | null
  friendlyMessage: Message | null
  errorCode: string | null
  /** What a person can do about the error, which the friendly message ends with. */
  hint: Message | null
  /** The record that the error is about, if it is about one. */
  record: LookupValue | null
  /** The record at which a cascade stopped, or is tried again. */
  failing: LookupValue | null
  /** Number of records that a bulk job left out because they were refused. */
  failed: number
  /** Number of the step run that the error comes from, if the trace log kept it. */
  failedRun: number | null
  depth: number
  correlationId: string
  requestId: string
  /** Tries of the last failing record, with the one that got over it; 0 where none failed. */
  attempts: number
  /** What there is to do, what is done, and batches committed. Records of a cascade, where `total` is 0 until the plan is written; one run of a step. */
  total: number
  processed: number
  batches: number
}

/** The job of a cascade over many records. */
export interface CascadeJob extends SystemJob {
  kind: 'cascade'
  operation: CascadeOperation
  request: CascadeRequest
  regarding: LookupValue
  primaryEntityType: string
}

/** The job of an asynchronous step, which is one run of it. Source: dataverse reference, section 5.4. */
export interface StepJob extends SystemJob {
  kind: 'step'
  messageName: MessageName
  plugin: string
}

/** The job of one session of Commerce Data Exchange. Its tries are those since it was last started. */
export interface ExchangeJob extends SystemJob {
  kind: 'exchange'
  session: number
  /** The job of the exchange: `1010`, `1070`, `1110` or `P-0001`. */
  exchange: string
  channel: string
  /** The state of the session. */
  sessionState: string
}

/** The job of one run of a batch of headquarters, which counts operations. */
export interface BatchJob extends SystemJob {
  kind: 'batch'
  batch: string
  synchronized: number
  failed: number
  /** Operations whose customer was not converted yet. */
  pending: number
}

/** The job that takes away what rows inherit along a relationship that no longer cascades. Source: dataverse reference, section 1.9. */
export interface AccessJob extends SystemJob {
  kind: 'access'
  relationship: string
}

export type Job = StepJob | ExchangeJob | BatchJob | CascadeJob | AccessJob
export type JobOf<K extends JobKindName> = Extract<Job, { kind: K }>

/** Which jobs a page lists, newest first. */
export interface JobQuery<K extends JobKindName = JobKindName> {
  /** @default jobs of every kind */
  kind?: K
  /** @default jobs in every status */
  status?: JobStatus
  /** The id of the last job of the page before. @default the newest job comes first */
  before?: string
  /** From 1 to 1,000. */
  limit: number
}

export interface JobPage<K extends JobKindName = JobKindName> {
  jobs: JobOf<K>[]
  /** All jobs of the kind and status, also those on other pages. */
  total: number
}

/** Lists jobs; a query for one kind returns jobs of that kind. */
export type FindJobs = <K extends JobKindName = JobKindName>(query: JobQuery<K>) => JobPage<K>

/** What changes with every turn of a job that stays in its state. */
export type JobProgress = Pick<SystemJob, 'id' | 'name' | 'total' | 'processed' | 'batches' | 'modifiedOnMs'>

export interface JobMessage {
  atMs: number
  level: 'information' | 'warning' | 'error'
  code: string | null
  text: Message
}

export interface JobDetails {
  job: Job
  /** The first of the records that a bulk job left out. */
  failedRecords: LookupValue[]
  messages: JobMessage[]
  /** What a waiting job waits for; `null` for one that does not wait. */
  waitsFor: Message | null
}
