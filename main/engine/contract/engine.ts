import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from './cascades.ts'
import type { EnvironmentInfo } from './environment.ts'
import type { Job, JobDetails, StepJob } from './jobs.ts'
import type { RecordLoader } from './loader.ts'
import type { MessageName, StageName } from './messages.ts'
import type { PluginPackage, PluginRuntime } from './plugin-runtime.ts'
import type { Plugin, PluginCheck, StepInOrder } from './plugins.ts'
import type { RecordInput, RecordPage, RecordQuery, RecordRef, RecordRow } from './records.ts'
import type { Principal } from './security.ts'
import type { Settings } from './settings.ts'
import type {
  CascadeConfiguration,
  ManyToManyDefinition,
  ModelChange,
  ModelDefinition,
  RelationshipDefinition,
  TableDefinition,
} from './tables.ts'
import type { StepRun, StepRunDetails, StepRunPage, StepRunQuery, StepTime, StepTrial } from './trace.ts'

/** A message that the platform announces about a job. Numbers rise in the order of announcement. */
export interface Notification {
  number: number
  message: string
}

export interface UserChange {
  disabled?: boolean
  removed?: boolean
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
export interface EventSeed {
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
  together?: RecordInput
  event?: EventSeed
}

/** Lets one thread write at a time. A thread that may block waits inside `enter`. */
export interface WriteTurns {
  enter(): void
  leave(): void
}

/**
 * One open environment, on one SQLite connection. Every verb is synchronous and complete when it returns: it either
 * happened as a whole or throws an EngineError and left nothing behind. Long verbs belong in a batch worker.
 */
export interface Engine {
  readonly path: string
  info(): EnvironmentInfo
  close(): void

  // Model
  model(): ModelDefinition
  table(logicalName: string): TableDefinition
  /** Merges a model into the present one, keeps the data, and returns the changes. */
  applyModel(incoming: ModelDefinition): ModelChange[]
  changeRelationship(schemaName: string, cascade: Partial<CascadeConfiguration>): RelationshipDefinition
  manyToMany(): ManyToManyDefinition[]

  // Settings
  settings(): Settings
  changeSettings(change: Partial<Settings>): Settings

  // Records
  findRecords(query: RecordQuery): RecordPage
  getRecord(record: RecordRef): RecordRow
  findPrincipals(search?: string): Principal[]
  /** Disables or enables a user, removes one or adds the same one again. */
  changeUser(name: string, change: UserChange): void
  createRecord(table: string, values: RecordInput, caller: string): RecordRef
  /** Updates columns other than the owner, whose change is an assign. */
  updateRecord(record: RecordRef, values: RecordInput, caller: string): void
  countRecords(table: string): number
  /** Begins a bulk load; nothing else is written on this connection until it is committed or rolled back. */
  load(caller: string): RecordLoader

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
  /** One transaction, all or nothing. `together` is written into the root first, as one with the cascade. */
  executeSync(planId: string, caller: string, options?: ExecuteOptions): OperationOutcome

  // Plug-ins
  /** Returns whether any enabled plug-in has steps. */
  usesPlugins(): boolean
  /** By name. */
  findPlugins(): Plugin[]
  /** The text of an installed plug-in's files. @throws INPUT_INVALID for an unknown name */
  pluginPackage(name: string): PluginPackage
  /** Checks a package without changing anything, and returns what would be installed. @throws PLUGIN_INVALID */
  checkPlugin(pluginPackage: PluginPackage): PluginCheck
  /** Installs a plug-in, or with `replace` another version of an installed one. @throws PLUGIN_INVALID, also for a name already taken */
  installPlugin(pluginPackage: PluginPackage, options: InstallOptions): Plugin
  /** Enables a plug-in. @throws PLUGIN_NOT_AGREED unless the user has agreed to these files or `agreedTo` is their content hash */
  enablePlugin(name: string, agreedTo?: string): Plugin
  disablePlugin(name: string): Plugin
  removePlugin(name: string): void
  /** Sets whether changes of its folder are installed without asking. */
  developPlugin(name: string, isDeveloped: boolean): Plugin
  /** In the order of execution. */
  findSteps(filter?: { table?: string; message?: MessageName }): StepInOrder[]
  findStepRuns(query: StepRunQuery): StepRunPage
  getStepRun(number: number): StepRunDetails
  /** Returns a run with its ancestors and all runs that they caused, in the order in which they began. */
  findRunTree(number: number): StepRun[]
  /** Returns the number of the newest run; 0 if there is none. */
  lastRun(): number
  /** Returns the total time of each step, the longest first, for one job or for the whole log. */
  findStepTimes(jobId?: string): StepTime[]
  /** Runs that were committed, with a greater number than `after`. */
  countStepRuns(filter: { after: number; message: MessageName; table?: string; stage?: StageName; plugin?: string }): number
  /** Returns the trace lines of all runs with a greater number than this, including rolled back ones. */
  findTraceLines(after: number): string[]
  /** Runs a step again with its logged input, in a transaction that is rolled back. */
  tryStep(run: number, caller: string): StepTrial
  /** System jobs of asynchronous steps, newest first. */
  findStepJobs(query: { before?: string; limit: number; onlyFailed?: boolean }): { jobs: StepJob[]; total: number }
  /** The asynchronous step to run now, oldest first; `undefined` where none is due. */
  nextStepJob(): StepJob | undefined
  /** When the next postponed one is due. */
  nextStepDueMs(): number | undefined
  /** Runs one asynchronous step to its end. */
  runStepJob(id: string): Promise<StepJob>

  // System jobs
  findJobs(view: 'all' | 'cascadeOperations'): Job[]
  getJob(jobId: string): JobDetails
  /** Writes the job's row for a kept plan. Its items follow with the first `runJob`, or at once with `prepareJob`. */
  createJob(planId: string, caller: string, options?: ExecuteOptions): Job
  /** Writes a job's items from a kept plan, in small transactions. */
  prepareJob(jobId: string, planId: string): void
  /** The job to run now, oldest first; `undefined` where none is due. Leaves out those that stand still. */
  nextJob(standing?: string[]): Job | undefined
  /** When the next postponed job is due; `undefined` where none is waiting. */
  nextDueMs(standing?: string[]): number | undefined
  /** Runs batches until the time is up or the job is no longer In Progress: at least one, unless it had ended. Returns the job afterwards. */
  runJob(jobId: string, untilMs: number, faults?: JobFaults): Job
  /** Sets a job to In Progress with its items written, and returns the attempt of its next record. Processes nothing yet. */
  beginBatch(jobId: string): { job: Job; attempt: number }
  /** Holds the records of a job's next batch, so that other operations are refused; `runHeld` releases them. */
  holdBatch(jobId: string): void
  /** Returns those of these records that are in the held batch and not processed yet, in the order of processing. */
  heldRecords(jobId: string, records: RecordRef[]): RecordRef[]
  /** Runs the held batch to its end, or only to the record before this one. */
  runHeld(jobId: string, before?: RecordRef, faults?: JobFaults): Job
  /** Holds the records of a kept plan that is about to be applied, until it is executed or discarded. @throws RECORD_HELD */
  holdPlan(planId: string): void
  /** Holds one record that is about to be changed, until the undo function is called. @throws RECORD_NOT_FOUND, RECORD_HELD */
  holdRecord(record: RecordRef): () => void
  /** Resumes a paused job where it stopped, and resets its attempts. @throws JOB_MOVE_REFUSED if it is not paused */
  resumeJob(jobId: string, caller: string): Job
  /** Plans a paused job again from the current data. @throws JOB_MOVE_REFUSED, or what planning throws */
  reexecuteJob(jobId: string, caller: string): Job
  /** Cancels a paused job; its changes stay. @throws JOB_MOVE_REFUSED (0x80044F00) if it is not paused */
  cancelJob(jobId: string, caller: string): Job
  /** What jobs announced after the one with this number; 0 for all. */
  findNotifications(after: number): Notification[]
  /** Adds a line to a job's messages about an action from outside. */
  addJobMessage(jobId: string, text: string): void
  /** Sets jobs that were In Progress when the environment was closed to Waiting. Returns them. */
  recoverJobs(): Job[]

  /** Looks for inconsistencies: damage, dangling lookups, wrong counters. Returns one sentence for each. */
  checkIntegrity(): string[]
  /** Checkpoints the write-ahead log if it has grown long. */
  checkpoint(): void
}
