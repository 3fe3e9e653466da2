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
}

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
