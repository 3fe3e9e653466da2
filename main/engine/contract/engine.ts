import type { Message } from '#text/message'
import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from './cascades.ts'
import type { CascadeJob, Job, JobDetails, JobKindName, JobPage, JobQuery } from './jobs.ts'
import type { PluginRuntime } from './plugin-runtime.ts'
import type { RecordInput, RecordRef } from './records.ts'

/** A message that the platform announces about a job. Numbers rise in the order of announcement. */
export interface Notification {
  number: number
  message: string
}

export interface UserChange {
  disabled?: boolean
  removed?: boolean
}

/** Which jobs are asked for. */
export interface JobsAmong {
  /** In this order. @default all, in the order of JOB_KINDS */
  kinds?: readonly JobKindName[]
  /** Ids of jobs that somebody else has. @default none */
  except?: readonly string[]
}

/** Failures on purpose. */
export interface JobFaults {
  /** The batch with this number fails before its first record. */
  failBatch: number | null
}

/** Options of an engine, which reads no clock and makes no ids of its own. */
export interface EngineOptions {
  path: string
  /** Returns the time in milliseconds since 1970. */
  now: () => number
  /** Returns milliseconds with fractions, to measure steps. @default now */
  precise?: () => number
  /** Returns a new GUID in lower case; version 7 in the product. */
  newId: () => string
  /** `create` refuses an existing file, `open` a missing one. */
  mode: 'create' | 'open'
  /** Leaves checkpoints of the write-ahead log to other threads, because they would delay this one. @default false */
  leavesLog?: boolean
  /** Write turns, taken around each write transaction when several threads write to one file. */
  turns?: WriteTurns
  /** The runtime for plug-ins. Without it, operations to which a step listens are refused. */
  plugins?: PluginRuntime
  /** The secret with which this computer's user's agreements are verified. @default none: every enabled plug-in counts as agreed to */
  agreementKey?: string
}

export interface InstallOptions {
  isEnabled: boolean
  /** The content hash that the user was shown and agreed to; needed to enable it. */
  agreedTo?: string
  /** Whether to replace the installed plug-in of this name. @default false */
  replace?: boolean
  /** @default false */
  isDeveloped?: boolean
}

/** A request whose PreValidation steps have run. */
export interface ValidatedRequest {
  request: CascadeRequest
  /** Options for the later stages; plain data, to be passed on unchanged. */
  options: ExecuteOptions
  /** Whether any step ran. A plan made before may then be outdated. */
  hasRun: boolean
}

/** Ids of one request, and the shared variables of its steps so far. */
export interface RequestContext {
  requestId: string
  correlationId: string
  /** The message by which an assign was requested. @default 'Assign' */
  message?: 'Update' | 'Assign'
  /** By message. */
  sharedVariables: Record<string, Record<string, unknown>>
  /** Pre-images of a message that continues in a later transaction: rows as JSON, by their columns. */
  preImages?: Record<string, string | null>
}

export interface ExecuteOptions {
  /** Whether an assign was requested as a change of `ownerid`. @default false */
  asUpdate?: boolean
  /** Other columns of the same request: written before the cascade, in the same transaction. */
  otherColumns?: RecordInput
  requestContext?: RequestContext
}

/** Lets one thread write at a time. A thread that may block waits inside `enter`. */
export interface WriteTurns {
  enter(): void
  leave(): void
}

/** Planning and running cascades, and the system jobs that they become. */
export interface CascadeMethods {
  // Cascades
  /** Plans a cascade and keeps the plan until it is discarded, executed or replaced. */
  planCascade(request: CascadeRequest, caller: string, mode: ModeChoice): Preview
  /** Returns the preview of a kept plan. @throws PLAN_OUTDATED */
  describePlan(planId: string): Preview
  findPlanRows(query: PlanRowQuery): PlanRowPage
  discardPlan(planId: string): void
  /**
   * Runs the PreValidation steps of a cascade's root, outside any transaction, before it is planned. Returns the request as
   * they left it, with the options for later stages.
   */
  preValidate(request: CascadeRequest, caller: string, options?: ExecuteOptions): ValidatedRequest
  /** One transaction, all or nothing. `otherColumns` are written into the root first, as one with the cascade. */
  executeSync(planId: string, caller: string, options?: ExecuteOptions): OperationOutcome

  // System jobs
  /** A page of jobs, newest first. @throws INPUT_INVALID, RECORD_NOT_FOUND for an unknown `before` */
  findJobs<K extends JobKindName = JobKindName>(query: JobQuery<K>): JobPage<K>
  getJob(jobId: string): JobDetails
  /** Names the tables whose records a job changes by itself; what steps ask for comes on top. */
  jobTables(jobId: string): string[]
  /** The job's row for a kept plan; its items follow with the first `runJob`, or at once with `prepareJob`. */
  createJob(planId: string, caller: string, options?: ExecuteOptions): CascadeJob
  /** Writes a job's items from a kept plan, in small transactions. */
  prepareJob(jobId: string, planId: string): void
  /** Returns the job to run now: the oldest that is due, of the first kind that has one. */
  nextJob(among?: JobsAmong): Job | undefined
  /** Returns when the next postponed job is due; `undefined` where none is waiting. */
  nextDueMs(among?: JobsAmong): number | undefined
  /**
   * Runs slices of a job until the time is up or the job is no longer In Progress; at least one, none where it had ended. Returns the job
   * as it is then: a promise only where the job's kind needs one, as asynchronous steps do.
   */
  runJob(jobId: string, untilMs: number, faults?: JobFaults): Job | Promise<Job>
  /** Brings a cascade's job In Progress with its items written, and says which try of its next record comes; nothing is done yet. */
  beginBatch(jobId: string): { job: CascadeJob; attempt: number }
  /**
   * Holds the records of a job's next batch, so that other operations are refused; `runHeld` releases them. Returns whether there is a
   * batch: jobs of other kinds than cascades have none.
   */
  holdBatch(jobId: string): boolean
  /** Returns those of these records that are in the held batch and not processed yet, in the order of processing. */
  heldRecords(jobId: string, records: RecordRef[]): RecordRef[]
  /** Runs the held batch to its end, or only to the record before this one. */
  runHeld(jobId: string, before?: RecordRef, faults?: JobFaults): CascadeJob
  /** Holds the records of a kept plan that is about to be applied, until it is executed or discarded. @throws RECORD_HELD */
  holdPlan(planId: string): void
  /** Resumes a paused job where it stopped, and resets its attempts. @throws JOB_MOVE_REFUSED if it is not paused */
  resumeJob(jobId: string, caller: string): Job
  /** Plans a paused job again from the current data. @throws JOB_MOVE_REFUSED, or what planning throws */
  reexecuteJob(jobId: string, caller: string): Job
  /** Cancels a paused job; its changes stay. @throws JOB_MOVE_REFUSED (0x80044F00) if it is not paused */
  cancelJob(jobId: string, caller: string): Job
  /** What jobs announced after the one with this number; 0 for all. */
  findNotifications(after: number): Notification[]
  /** Adds a line to a job's messages about an action from outside. */
  addJobMessage(jobId: string, text: Message): void
  /** Sets jobs that were In Progress when the environment was closed to Waiting. Returns them. */
  recoverJobs(): Job[]
}
