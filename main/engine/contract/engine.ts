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

/** A message that the platform announces to whoever listens. Numbers rise in the order of announcing. */
export interface Notification {
  number: number
  message: string
}

export interface UserChange {
  disabled?: boolean
  removed?: boolean
}

/** Failures made on purpose. */
export interface JobFaults {
  /** The batch with this number fails before its first record. */
  failBatch: number | null
}

/** What an engine is given, because it reads no clock and makes no ids of its own. */
export interface EngineOptions {
  path: string
  /** Milliseconds since 1970. */
  now: () => number
  /** Milliseconds with fractions, for how long steps take. @default now */
  precise?: () => number
  /** A fresh GUID, lower case; version 7 in the product. */
  newId: () => string
  /** `create` refuses an existing file, `open` a missing one. */
  mode: 'create' | 'open'
  /** Leaves it to other threads to bring the write-ahead log into the file, which would hold this one up. @default false */
  leavesLog?: boolean
  /** Taken around each write transaction where several threads write into one file. */
  turns?: WriteTurns
  /** What runs plug-ins. Without it, whatever a step would take part in is refused. */
  plugins?: PluginRuntime
  /** A secret of this computer's user, by which an environment tells what that user has agreed to. @default none: whatever is enabled was agreed to */
  agreementKey?: string
}

export interface InstallOptions {
  isEnabled: boolean
  /** The content hash that the user was shown and agreed to; needed to enable it. */
  agreedTo?: string
  /** Takes the place of the installed plug-in of this name. @default false */
  replace?: boolean
  /** @default false */
  isDeveloped?: boolean
}

/** A request whose PreValidation steps have run. */
export interface ValidatedRequest {
  request: CascadeRequest
  /** What its later stages carry on; plain data, to be handed back unchanged. */
  options: ExecuteOptions
  /** Whether any step ran, so that a plan made before may be outdated. */
  hasRun: boolean
}

/** Ids of one request and what its steps have told each other so far. */
export interface EventSeed {
  requestId: string
  correlationId: string
  /** Whether an assign was asked for as an Update. @default 'Assign' */
  message?: 'Update' | 'Assign'
  /** By message. */
  sharedVariables: Record<string, Record<string, unknown>>
  /** Of a message whose end comes in a later transaction: rows as JSON, by their columns. */
  preImages?: Record<string, string | null>
}

export interface ExecuteOptions {
  /** An assign that was asked for as a change of `ownerid`. @default false */
  asUpdate?: boolean
  /** Other columns of the same request: written before the cascade, in the same transaction. */
  together?: RecordInput
  event?: EventSeed
}

/** Lets one thread write at a time; a thread that may block waits inside `enter`. */
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
  /** Adds to and updates the model, keeps the data, and says what changed. */
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
  /** Everything but the owner, whose change is an assign. */
  updateRecord(record: RecordRef, values: RecordInput, caller: string): void
  countRecords(table: string): number
  /** Begins a bulk load; nothing else is written on this connection until it is committed or rolled back. */
  load(caller: string): RecordLoader

  // Cascades
  /** Plans and keeps the plan until it is discarded, executed or replaced. */
  planCascade(request: CascadeRequest, caller: string, mode: ModeChoice): Preview
  /** A kept plan's preview, once more. @throws PLAN_OUTDATED */
  describePlan(planId: string): Preview
  findPlanRows(query: PlanRowQuery): PlanRowPage
  discardPlan(planId: string): void
  /**
   * Runs the PreValidation steps of a cascade's root, outside of any transaction, before it is planned. The answer is the request
   * as they left it, with what later stages must know of it.
   */
  preValidate(request: CascadeRequest, caller: string, options?: ExecuteOptions): ValidatedRequest
  /** One transaction, all or nothing. `together` is written into the root first, as one with the cascade. */
  executeSync(planId: string, caller: string, options?: ExecuteOptions): OperationOutcome

  // Plug-ins
  /** Whether any enabled plug-in may take part in anything. */
  usesPlugins(): boolean
  /** By name. */
  findPlugins(): Plugin[]
  /** The text of an installed plug-in's files. @throws INPUT_INVALID for an unknown name */
  pluginPackage(name: string): PluginPackage
  /** Whether a package would be accepted, and what would be installed. Nothing changes. @throws PLUGIN_INVALID */
  checkPlugin(pluginPackage: PluginPackage): PluginCheck
  /** Installs a plug-in, or with `replace` brings another version of an installed one. @throws PLUGIN_INVALID, also for a name already taken */
  installPlugin(pluginPackage: PluginPackage, options: InstallOptions): Plugin
  /** @throws PLUGIN_NOT_AGREED where nobody here has agreed to these files and `agreedTo` is not their content hash */
  enablePlugin(name: string, agreedTo?: string): Plugin
  disablePlugin(name: string): Plugin
  removePlugin(name: string): void
  /** Whether changes of its folder are taken over without asking. */
  developPlugin(name: string, isDeveloped: boolean): Plugin
  /** In the order of execution. */
  findSteps(filter?: { table?: string; message?: MessageName }): StepInOrder[]
  findStepRuns(query: StepRunQuery): StepRunPage
  getStepRun(number: number): StepRunDetails
  /** A run, those above it and all that they set off, in the order in which they began. */
  findRunTree(number: number): StepRun[]
  /** The number of the newest run; 0 where there is none. */
  lastRun(): number
  /** Where the time went, the longest in all first; over one job, or over the whole log. */
  findStepTimes(jobId?: string): StepTime[]
  /** Runs that were committed, with a greater number than `after`. */
  countStepRuns(filter: { after: number; message: MessageName; table?: string; stage?: StageName; plugin?: string }): number
  /** All lines of trace of all runs with a greater number than this, also of those that were rolled back. */
  findTraceLines(after: number): string[]
  /** Runs a step again with what it was given, in a transaction that is rolled back. */
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
  /** The job's row for a kept plan; its items follow with the first `runJob`, or at once with `prepareJob`. */
  createJob(planId: string, caller: string, options?: ExecuteOptions): Job
  /** Writes a job's items from a kept plan, in small transactions. */
  prepareJob(jobId: string, planId: string): void
  /** The job to run now, oldest first; `undefined` where none is due. Leaves out those that stand still. */
  nextJob(standing?: string[]): Job | undefined
  /** When the next postponed job is due; `undefined` where none is waiting. */
  nextDueMs(standing?: string[]): number | undefined
  /** Runs batches until the time is up or the job is no longer In Progress; at least one, none where it had ended. The answer is the job as it is then. */
  runJob(jobId: string, untilMs: number, faults?: JobFaults): Job
  /** Brings a job In Progress with its items written, and says which try of its next record comes; nothing is done yet. */
  beginBatch(jobId: string): { job: Job; attempt: number }
  /** Holds the records of a job's next batch, so that others meet them as held; `runHeld` lets go of them. */
  holdBatch(jobId: string): void
  /** Those of these records that are in the held batch and not done yet, in the order of processing. */
  heldRecords(jobId: string, records: RecordRef[]): RecordRef[]
  /** Runs the held batch to its end, or only to the record before this one. */
  runHeld(jobId: string, before?: RecordRef, faults?: JobFaults): Job
  /** Holds the records of a kept plan that is about to be applied, until it is executed or discarded. @throws RECORD_HELD */
  holdPlan(planId: string): void
  /** Holds one record that is about to be changed, until the undo function is called. @throws RECORD_NOT_FOUND, RECORD_HELD */
  holdRecord(record: RecordRef): () => void
  /** A paused job goes on where it stopped, its tries counted afresh. @throws JOB_MOVE_REFUSED where it is not paused. */
  resumeJob(jobId: string, caller: string): Job
  /** A paused job is planned again from the data as it is now. @throws JOB_MOVE_REFUSED, or what planning throws. */
  reexecuteJob(jobId: string, caller: string): Job
  /** A paused job is given up; what it did stays done. @throws JOB_MOVE_REFUSED (0x80044F00) where it is not paused. */
  cancelJob(jobId: string, caller: string): Job
  /** What jobs announced after the one with this number; 0 for all. */
  findNotifications(after: number): Notification[]
  /** A line in a job's messages, for what somebody did to it from outside. */
  addJobMessage(jobId: string, text: string): void
  /** Jobs that were In Progress when the environment was closed belong to nobody and wait again. */
  recoverJobs(): Job[]

  /** Looks for what must never be: damage, lookups to nothing, counters that disagree. One sentence for each finding. */
  checkIntegrity(): string[]
  /** Brings what is in the write-ahead log into the file where it has grown long. */
  checkpoint(): void
}
