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
  findPlanRows(query: PlanRowQuery): PlanRowPage
  discardPlan(planId: string): void
  /** One transaction, all or nothing. */
  executeSync(planId: string, caller: string): OperationOutcome

  // System jobs
  findJobs(view: 'all' | 'cascadeOperations'): Job[]
  getJob(jobId: string): JobDetails
}
