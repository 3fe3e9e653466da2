/**
 * Plain data that crosses every border unchanged: from the store to a thread, to the command line, to the screen.
 * No classes, no functions, no `Date`: times are milliseconds since 1970 in UTC, ids are GUID strings in lower case.
 */

// ── Model: tables and relationships ──────────────────────────────────────────────────────────────

export const CASCADE_ACTIONS = ['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare', 'RollupView', 'Archive'] as const
export type CascadeAction = (typeof CASCADE_ACTIONS)[number]

/** In the order of the platform's codes 0 to 5. Source: dataverse reference, section 1.2. */
export const CASCADE_TYPES = ['NoCascade', 'Cascade', 'Active', 'UserOwned', 'RemoveLink', 'Restrict'] as const
export type CascadeType = (typeof CASCADE_TYPES)[number]

export type CascadeConfiguration = Record<CascadeAction, CascadeType>

export const OWNERSHIPS = ['UserOwned', 'OrganizationOwned', 'BusinessOwned', 'None'] as const
export type Ownership = (typeof OWNERSHIPS)[number]

export const COLUMN_TYPES = [
  'String',
  'Memo',
  'Integer',
  'BigInt',
  'Decimal',
  'Double',
  'Money',
  'Boolean',
  'DateTime',
  'Choice',
  'MultiChoice',
  'Uniqueidentifier',
  'Lookup',
  'Customer',
  'Owner',
  'PartyList',
  'State',
  'Status',
  'Image',
  'File',
  'Opaque',
] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** Where a definition came from. A `stub` is a table that others refer to and nobody has defined yet. */
export const ORIGINS = ['system', 'declared', 'imported', 'standard', 'stub'] as const
export type Origin = (typeof ORIGINS)[number]

export interface OptionDefinition {
  value: number
  label: string | null
  /** Status reasons only: the state they belong to. */
  state?: number
}

export interface ColumnDefinition {
  /** Lower case; unique in its table. */
  logicalName: string
  displayName: string | null
  type: ColumnType
  /** The type's name in the source it was read from, where that says more than `type`. */
  sourceType: string | null
  required: boolean
  options: OptionDefinition[]
}

export interface TableDefinition {
  /** Lower case; the SQLite table has the same name. */
  logicalName: string
  schemaName: string
  displayName: string | null
  ownership: Ownership
  /** Whether rows can be merged. Source: dataverse reference, section 3.1. */
  mergeable: boolean
  /** The state code that counts as active for Cascade Active. Source: dataverse reference, section 6.1. */
  activeState: number
  /** Logical name of the primary key column, for instance `accountid`. */
  primaryId: string
  primaryName: string | null
  isActivity: boolean
  origin: Origin
  /** Why it is here: a file's name, or for a stub what refers to it. */
  originNote: string | null
  columns: ColumnDefinition[]
}

export interface RelationshipDefinition {
  schemaName: string
  /** Parent, the one side (logical name). */
  referenced: string
  /** Child, the many side (logical name). */
  referencing: string
  /** Lookup column on the child (logical name). Several relationships may share it: a polymorphic lookup. */
  attribute: string
  hierarchical: boolean
  cascade: CascadeConfiguration
  /** The actions that the source stated; the others are assumed. */
  stated: CascadeAction[]
  /** `ownership` for owner, owning user, owning team and owning business unit: kept, shown, never travelled by a cascade. */
  kind: 'data' | 'ownership'
  origin: Origin
  originNote: string | null
}

export interface ManyToManyDefinition {
  schemaName: string
  intersectTable: string
  firstTable: string
  secondTable: string
  origin: Origin
}

export interface ModelDefinition {
  tables: TableDefinition[]
  relationships: RelationshipDefinition[]
  manyToMany: ManyToManyDefinition[]
}

/** One line of "what changed" after an import or an edit of the model. */
export interface ModelChange {
  kind: 'added' | 'changed' | 'completed' | 'conflict'
  subject: 'table' | 'column' | 'relationship' | 'manyToMany'
  /** `account`, `account.name` or a relationship's schema name. */
  name: string
  /** A sentence fragment for people: `Delete: RemoveLink → Restrict`. */
  detail: string
}

// ── Records ──────────────────────────────────────────────────────────────────────────────────────

export interface RecordRef {
  table: string
  /** GUID, lower case. */
  id: string
}

/** A lookup's value; `name` is the primary name of the row it points to, `null` where that row does not exist. */
export interface LookupValue extends RecordRef {
  name: string | null
}

/** What a column holds at the product's edge. Dates are ISO strings in UTC. */
export type FieldValue = string | number | boolean | null | LookupValue | number[]
export type RecordValues = Record<string, FieldValue>

/** Input to create and update. A lookup is given as a reference; `ownerid` also takes a user's or team's name. */
export type FieldInput = string | number | boolean | null | RecordRef | number[]
export type RecordInput = Record<string, FieldInput>

export interface RecordRow extends RecordRef {
  values: RecordValues
}

export interface RecordFilter {
  column: string
  operator: 'equals' | 'notEquals' | 'contains' | 'beginsWith' | 'isNull' | 'isNotNull' | 'greaterThan' | 'lessThan'
  value?: FieldInput
}

export interface RecordQuery {
  table: string
  /** Matches the primary name, anywhere, case ignored. */
  search?: string
  filters?: RecordFilter[]
  sort?: { column: string; direction: 'ascending' | 'descending' }
  /** Position of the first row; rows are in creation order unless sorted. */
  offset: number
  /** 1 to 1,000. */
  limit: number
}

export interface RecordPage {
  rows: RecordRow[]
  /** Rows that match in all. `exact` is false where counting stopped at a limit. */
  total: number
  exact: boolean
}

export interface Principal extends RecordRef {
  table: 'systemuser' | 'team'
  name: string
  businessUnit: string | null
  disabled: boolean
}

// ── Cascades ─────────────────────────────────────────────────────────────────────────────────────

export type CascadeRequest =
  | { operation: 'Assign'; record: RecordRef; to: string | RecordRef }
  | { operation: 'Delete'; record: RecordRef }
  | {
      operation: 'Merge'
      target: RecordRef
      subordinate: RecordRef
      /** Values written to the target. */
      content?: RecordInput
      /** @default true */
      parentingCheck?: boolean
    }
export type CascadeOperation = CascadeRequest['operation']
export type CascadeMode = 'Sync' | 'Async'
export type ModeChoice = 'Auto' | CascadeMode

/** What happens to one record of a plan. `check` records are covered by a merge's parenting check and not changed by it. */
export const PLAN_ACTIONS = ['assign', 'delete', 'unlink', 'merge', 'move', 'check'] as const
export type PlanAction = (typeof PLAN_ACTIONS)[number]

export interface PlanGroup {
  table: string
  action: PlanAction
  /** `null` for the root. */
  relationship: string | null
  behavior: CascadeType | null
  count: number
}

export interface PlanBlocker {
  record: LookupValue
  /** The row whose delete it blocks. */
  parent: LookupValue
  relationship: string
  code: string
  reason: string
}

/** A plan as people see it before anything happens. */
export interface Preview {
  planId: string
  request: CascadeRequest
  mode: CascadeMode
  /** Why this mode: `5,412 affected records ≥ 5,000 (threshold for Delete)`. */
  modeReason: string
  affected: number
  byTable: Record<string, number>
  groups: PlanGroup[]
  levels: number
  /** Rows of N:N intersect tables that go with deleted rows; not counted in `affected`. */
  linksRemoved: number
  /** The first blockers; `blockedCount` counts them all. */
  blockedBy: PlanBlocker[]
  blockedCount: number
  /** What stops the operation as a whole, as the platform would say it: a merge's preconditions, a disabled assignee. */
  refusal: ErrorData | null
  /** Sentences: why this mode, which tables end in unknown children, which rows are skipped and why. */
  reasons: string[]
  /** Nothing would change: the record already belongs to the new owner. */
  nothingToDo: boolean
  /** The plug-in steps that will fire, in the order of execution for each table and message, and on how many records at most. */
  steps: { step: PluginStep; table: string; records: number }[]
}

export interface PlanRow {
  position: number
  level: number
  record: LookupValue
  action: PlanAction
  relationship: string | null
  parent: LookupValue | null
  /** The columns that change, before and after. */
  changes: { column: string; before: FieldValue; after: FieldValue }[]
}

export interface PlanRowQuery {
  planId: string
  table?: string
  action?: PlanAction
  relationship?: string
  offset: number
  limit: number
}

export interface PlanRowPage {
  rows: PlanRow[]
  total: number
}

// ── System jobs ──────────────────────────────────────────────────────────────────────────────────

/** What a job shows as its status. Source: dataverse reference, section 2.6. */
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
  /** Tries of the last failing record, with the one that got over it; 0 where none failed. */
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
  /** Records of the plan, those already done, and batches committed. `total` is 0 until the plan is written. */
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

// ── Plug-ins ─────────────────────────────────────────────────────────────────────────────────────

/** In the platform's spelling. Source: dataverse reference, sections 2.4 and 5.2. */
export const MESSAGES = [
  'Create',
  'Update',
  'Delete',
  'Assign',
  'SetState',
  'Merge',
  'GrantAccess',
  'ModifyAccess',
  'RevokeAccess',
  'cascadeAsync_SuccessAPI',
  'cascadeAsync_FailureAPI',
] as const
export type MessageName = (typeof MESSAGES)[number]

/** In the order of execution: 10, 20, 40. Source: dataverse reference, section 5.1. */
export const STAGES = ['PreValidation', 'PreOperation', 'PostOperation'] as const
export type StageName = (typeof STAGES)[number]

export const STEP_MODES = ['Sync', 'Async'] as const
export type StepMode = (typeof STEP_MODES)[number]

export const PERMISSIONS = ['network', 'fs:read', 'fs:write', 'env'] as const
export type Permission = (typeof PERMISSIONS)[number]

export interface PluginFile {
  /** Inside the package, with `/` between folders. */
  path: string
  content: string
  /** SHA-256 of the content in UTF-8, as hex. */
  sha256: string
}

/** A step as it is registered, with every default filled in. */
export interface PluginStep {
  /** Number of the step in this environment; a changed plug-in's steps get new ones. */
  number: number
  plugin: string
  /** Position in the plug-in's list, from 0. */
  ordinal: number
  message: MessageName
  /** `null` for every table. */
  table: string | null
  stage: StageName
  mode: StepMode
  rank: number
  /** `null`: fires whatever columns are in the request. */
  filteringAttributes: string[] | null
  /** `true` for all columns, `null` for no image. */
  preImage: string[] | true | null
  postImage: string[] | true | null
  /** A user's name, or `CallingUser`. */
  runAs: string
}

/** What a plug-in says of itself, checked against the environment that it is for. */
export interface PluginManifest {
  name: string
  version: string
  apiVersion: 1
  permissions: Permission[]
  steps: Omit<PluginStep, 'number' | 'plugin'>[]
}

/**
 * `Enabled` steps run. `Disabled` ones do not. `Waiting for agreement`: it is enabled, but nobody on this computer has agreed to
 * what it may do, so that operations which it would take part in are refused.
 */
export type PluginStatus = 'Enabled' | 'Disabled' | 'Waiting for agreement'

export interface Plugin {
  name: string
  version: string
  status: PluginStatus
  permissions: Permission[]
  configuration: string
  source: string
  /** What it can be read from again, `null` where there is nothing. */
  origin: string | null
  /** Changes in its folder are taken over without asking, as long as it asks for no more permissions. */
  isDeveloped: boolean
  /** SHA-256 over paths, contents and configuration: what was agreed to. */
  contentHash: string
  /** Without the contents. */
  files: { path: string; sha256: string; characters: number }[]
  steps: PluginStep[]
  installedOnMs: number
  updatedOnMs: number
}

/** What would be installed, before anything is. */
export interface PluginCheck {
  manifest: PluginManifest
  contentHash: string
  files: { path: string; sha256: string; characters: number }[]
  source: string
  /** The installed plug-in that it would take the place of. */
  replaces: Plugin | null
}

/** A step in the order of execution for a table and message. */
export interface StepInOrder extends PluginStep {
  status: PluginStatus
  version: string
}

export const STEP_OUTCOMES = ['done', 'refused', 'failed'] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

/** One run of one step, from the plug-in trace log. */
export interface StepRun {
  number: number
  /** The run whose request set this one off; `null` at the top. */
  parent: number | null
  plugin: string
  pluginVersion: string
  step: number
  message: MessageName
  stage: StageName
  mode: StepMode
  rank: number
  /** `null` for the messages of jobs, which have no record. */
  record: LookupValue | null
  depth: number
  /** The cascade job, with the batch and the try of the record. */
  job: { id: string; name: string; batch: number; attempt: number } | null
  correlationId: string
  /** Name of the user whose rights the step had. */
  user: string
  startedOnMs: number
  durationMicroseconds: number
  outcome: StepOutcome
  /** Whether what the step did was committed. */
  isCommitted: boolean
  code: string | null
  error: string | null
  /** Lines of `trace`, one after the other. */
  trace: string
}

export interface StepRunQuery {
  plugin?: string
  step?: number
  table?: string
  /** Runs of one record. */
  record?: RecordRef
  jobId?: string
  depth?: number
  outcome?: StepOutcome
  /** Only failed and refused ones. */
  onlyErrors?: boolean
  correlationId?: string
  /** In trace or error, case ignored. */
  search?: string
  /** Runs with a smaller number than this: the next page. */
  before?: number
  /** Runs with a greater number than this: what came since. */
  after?: number
  /** 1 to 1,000. */
  limit: number
}

/** Newest first. */
export interface StepRunPage {
  runs: StepRun[]
  /** Whether there are older ones that match. */
  hasMore: boolean
}

/** Everything that is kept of one run. */
export interface StepRunDetails {
  run: StepRun
  /** The target and parameters that went in, and those that came out where the step changed them. */
  input: {
    target: Record<string, unknown>
    inputParameters: Record<string, unknown>
    sharedVariables: Record<string, unknown>
    /** The message that the step's was part of, where the step has looked at it. */
    parentContext?: Record<string, unknown>
  }
  output: { target: Record<string, unknown>; sharedVariables: Record<string, unknown> } | null
  preImage: Record<string, unknown> | null
  postImage: Record<string, unknown> | null
  stack: string | null
  /** Whether the step still exists and its record does too, so that it can be run again. */
  canRunAgain: boolean
}

/** How long a step took over a job, or over everything that the trace log holds. */
export interface StepTime {
  plugin: string
  step: number
  message: MessageName
  stage: StageName
  table: string | null
  runs: number
  failures: number
  /** Without the steps that it set off, whose time is their own. */
  totalMicroseconds: number
  /** With them. */
  longestMicroseconds: number
}

/** A step that was run again on its record, and rolled back. */
export interface StepTrial {
  /** The step first, then what it set off. They are in no log. */
  runs: StepRun[]
  details: StepRunDetails
  /** The columns of the record that would have changed. */
  changes: { column: string; before: FieldValue; after: FieldValue }[]
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

// ── Outcomes and errors ──────────────────────────────────────────────────────────────────────────

/** An operation that was accepted. A refused one throws. */
export interface OperationOutcome {
  outcome: 'Completed' | 'Running'
  mode: CascadeMode
  affected: number
  /** Only where mode is Async. */
  jobId: string | null
  /** Created by `create`. */
  record: RecordRef | null
}

/** An error as plain data, the same on every side of every border. */
export interface ErrorData {
  /** Our own stable code, see errors.ts. */
  code: string
  message: string
  /** The platform's code and name where it has one: `0x80040227`, `CannotDeleteDueToAssociation`. */
  platformCode: string | null
  platformName: string | null
  /** What to do about it, where we know. */
  hint: string | null
  details: Record<string, unknown>
}

// ── Environment ──────────────────────────────────────────────────────────────────────────────────

export interface Thresholds {
  Assign: number
  Delete: number
  Merge: number
}

/** Environment settings; the defaults and the sources are in settings.ts. */
export interface Settings {
  thresholds: 'docs-current' | 'docs-2023' | 'docs-2020' | Thresholds
  asyncCascades: boolean
  pluginsBlockAsync: boolean
  batchSize: number
  maxAttempts: number
  retryDelaySeconds: number
  lockTimeoutSeconds: number
  shareToPreviousOwnerOnAssign: boolean
  mergeChecksChildRights: boolean
  matrixOwnership: boolean
  alwaysMoveRecordToOwnerBusinessUnit: boolean
  maxDepth: number
  pluginTimeoutSeconds: number
  /** Our reading: a lookup that Remove Link empties does not count as a modification of its row. */
  removeLinkUpdatesModifiedOn: boolean
  /** Our reading: a Restrict child blocks even when the same delete would remove it by another path. */
  restrictIgnoresRowsBeingDeleted: boolean
  /** Which runs of plug-in steps the trace log keeps. */
  pluginTraceLog: (typeof TRACE_LOGS)[number]
  /** The trace log keeps so many runs; the oldest make room. */
  pluginTraceRuns: number
  /** What one plug-in may hold in each thread. */
  pluginMemoryMegabytes: number
  /** Our reading: a change of the owner by Update raises Assign steps too, and an assign Update steps. */
  ownerChangeRaisesAssign: boolean
  /** Our reading: a change of the state by Update raises SetState steps too. */
  stateChangeRaisesSetState: boolean
  /** Our reading: Remove Link empties lookups without an Update of the child. */
  removeLinkRaisesUpdate: boolean
  /** Our reading: each row that a merge moves raises an Update with its lookup. */
  mergeRaisesUpdateOnMovedRows: boolean
  /** Our reading: the values that a merge writes raise an Update of the target. */
  mergeRaisesUpdateOnTarget: boolean
  /** Our reading: the end of a merge raises Update and SetState of the subordinate. */
  mergeRaisesUpdateOnSubordinate: boolean
  /** Our reading: steps on a cascade's children run one level deeper than those on its root. */
  cascadedEventsAreDeeper: boolean
}

/** As the organization's setting of the plug-in trace log. Source: dataverse reference, section 5.4. */
export const TRACE_LOGS = ['Off', 'Exception', 'All'] as const

/** What people giving demos make go wrong on purpose. Lasts until it is switched off or the environment is closed. */
export interface Faults {
  /** Slow motion: each batch holds its records for this long before it commits. @default 0 */
  batchDelayMs: number
  /** The batch with this number fails, once for each try, as long as it is set. @default null */
  failBatch: number | null
}

export interface EnvironmentInfo {
  path: string
  name: string
  formatVersion: number
  sizeBytes: number
  tables: number
  relationships: number
  createdOnMs: number
}

/** Long work says how far it is. `total` is null while unknown. */
export interface Progress {
  /** Identifies the piece of work. */
  id: string
  label: string
  done: number
  total: number | null
}
