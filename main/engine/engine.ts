import type {
  CascadeConfiguration, CascadeRequest, EnvironmentInfo, Job, JobDetails, ManyToManyDefinition, ModeChoice, ModelChange,
  ModelDefinition, OperationOutcome, PlanRowPage, PlanRowQuery, Preview, Principal, RecordInput, RecordPage, RecordQuery,
  RecordRef, RecordRow, RelationshipDefinition, Settings, TableDefinition,
} from './model.ts'
import type { RecordLoader } from './loader.ts'

/** What an engine is given, because it reads no clock and makes no ids of its own. */
export interface EngineOptions {
  path: string
  /** Milliseconds since 1970. */
  now: () => number
  /** A fresh GUID, lower case; version 7 in the product. */
  newId: () => string
  /** `create` refuses an existing file, `open` a missing one. */
  mode: 'create' | 'open'
  /** Taken around each write transaction where several threads write into one file. */
  turns?: WriteTurns
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
  /** One transaction, all or nothing. */
  executeSync(planId: string, caller: string): OperationOutcome

  // System jobs
  findJobs(view: 'all' | 'cascadeOperations'): Job[]
  getJob(jobId: string): JobDetails
  /** The job's row for a kept plan; its items follow with the first `runJob`, or at once with `prepareJob`. */
  createJob(planId: string, caller: string): Job
  /** Writes a job's items from a kept plan, in small transactions. */
  prepareJob(jobId: string, planId: string): void
  /** The job to run now, oldest first; `undefined` where none is waiting. */
  nextJob(): Job | undefined
  /** Runs batches until the time is up or the job ends; at least one. The answer is the job as it is then. */
  runJob(jobId: string, untilMs: number): Job
  /** Jobs that were In Progress when the environment was closed belong to nobody and wait again. */
  recoverJobs(): Job[]

  /** Looks for what must never be: damage, lookups to nothing, counters that disagree. One sentence for each finding. */
  checkIntegrity(): string[]
  /** Brings what is in the write-ahead log into the file where it has grown long. */
  checkpoint(): void
}
