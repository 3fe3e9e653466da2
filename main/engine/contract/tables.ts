import type { Message } from '#text/message'
import type { ProcessDefinition } from './processes.ts'

/** Tables, columns and relationships as plain data: times are milliseconds since 1970 in UTC, ids are GUID strings in lower case. */

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

/** The source of a definition. A `stub` is a table that others refer to and no source has defined. */
export const ORIGINS = ['system', 'declared', 'imported', 'standard', 'stub'] as const
export type Origin = (typeof ORIGINS)[number]

export interface OptionDefinition {
  value: number
  label: string | null
  /** Status reasons only: the state they belong to. */
  state?: number
  /** States only: the status reason that a record gets with this state, where none is given. */
  defaultStatus?: number
}

/**
 * Who needs a value in a column. `ApplicationRequired`: the platform's forms ask for it, its service does not. `SystemRequired`: it cannot
 * be emptied; what a create leaves out, the platform fills in. `Mandatory`: declared here, each create must state it as well.
 */
export const REQUIRED_LEVELS = ['None', 'ApplicationRequired', 'SystemRequired', 'Mandatory'] as const
export type RequiredLevel = (typeof REQUIRED_LEVELS)[number]

export interface ColumnDefinition {
  /** Lower case; unique in its table. */
  logicalName: string
  displayName: string | null
  type: ColumnType
  /** The name of the type in its source, if that is more specific than `type`. */
  sourceType: string | null
  requiredLevel: RequiredLevel
  /** The number of characters that a text may have; `null` where none is stated. */
  maxLength: number | null
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
  /** The origin in words: a file's name, or for a stub what refers to it. */
  originNote: Message | null
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
  /** `ownership` for owner, owning user, owning team and owning business unit, along which no cascade goes. */
  kind: 'data' | 'ownership'
  origin: Origin
  originNote: Message | null
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

/**
 * Where a part of the model was stated, from what counts least to what counts most: what an environment had before it kept its sources,
 * data packages, solutions, metadata of an organisation, and what was declared here.
 */
export const SOURCE_KINDS = ['earlier', 'package', 'solution', 'metadata', 'declared'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** Which source it is. A further import of the same one updates what it stated. */
export interface SourceIdentity {
  kind: SourceKind
  name: string
  version: string | null
  managed: 'unmanaged' | 'managed' | 'both' | null
  /** Tells sources of one name apart that have no identity of their own: the folder that they lie in. */
  place: string
}

/** What one source states of the model. The whole model follows from all of them, in whatever order they came. */
export interface ModelSource extends SourceIdentity {
  model: ModelDefinition
  /** What else it would run on the platform. */
  processes: ProcessDefinition[]
}

/** A cascade setting that was changed here. It counts for more than what any source states. */
export interface CascadeEdit {
  schemaName: string
  action: CascadeAction
  type: CascadeType
}

/** One change of the model by an import or an edit. */
export interface ModelChange {
  kind: 'added' | 'changed' | 'completed' | 'conflict'
  subject: 'table' | 'column' | 'relationship' | 'manyToMany'
  /** `account`, `account.name` or a relationship's schema name. */
  name: string
  /** A sentence fragment for people: `Delete: RemoveLink → Restrict`. */
  detail: Message
}
