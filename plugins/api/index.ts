/**
 * The contract between a plug-in and Cascade Workbench. Authors import it as `cascade-workbench/plugin`; it imports nothing.
 * The manual is README.md beside this file.
 */

/** Messages for steps, in the platform's spelling. The last two accept only asynchronous PostOperation steps without a table. */
export type MessageName =
  | 'Create'
  | 'Update'
  | 'Delete'
  | 'Assign'
  | 'SetState'
  | 'Merge'
  | 'GrantAccess'
  | 'ModifyAccess'
  | 'RevokeAccess'
  | 'Associate'
  | 'Disassociate'
  | 'cascadeAsync_SuccessAPI'
  | 'cascadeAsync_FailureAPI'

/** PreValidation (10) runs before the transaction of a request begins, PreOperation (20) and PostOperation (40) inside it. */
export type StageName = 'PreValidation' | 'PreOperation' | 'PostOperation'

/** Sync steps run in the record's transaction; Async ones after its commit, as a system job of their own. */
export type StepMode = 'Sync' | 'Async'

/** What a module may reach besides the organization service. What is not listed is not reachable. */
export type Permission = 'network' | 'fs:read' | 'fs:write' | 'env'

export type AccessRight = 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo' | 'Assign' | 'Share'

/** A record of any table. Ids are GUID strings in lower case. */
export interface EntityReference {
  table: string
  id: string
}

/** A user or a team. */
export interface OwnerReference extends EntityReference {
  table: 'systemuser' | 'team'
}

/**
 * What a column holds. A lookup that takes one table is a GUID string, one that takes several an EntityReference, the owner an
 * OwnerReference; dates are ISO strings in UTC; a choice is its number.
 */
export type Value = string | number | boolean | null | EntityReference | number[]

/** Columns of one record by logical name; rows and images have `id` beside the table's own key. */
export type Row = Record<string, Value>

/** How a query compares a column: all that are named must hold. Texts are compared without regard to case. */
export interface Comparison {
  /** Another value, or none. */
  ne?: Value
  in?: readonly Value[]
  notIn?: readonly Value[]
  gt?: Value
  ge?: Value
  lt?: Value
  le?: Value
  /** A text in which `%` stands for any text and `_` for one character; `[%]` and `[_]` are the characters themselves. */
  like?: string
  isNull?: boolean
}

/** Conditions that all must be met. A value means equal, `null` empty. */
export interface Where {
  [column: string]: Value | Comparison | readonly Where[] | undefined
  /** One of these must be met as well. */
  or?: readonly Where[]
}

/** Rows of one table. A key that is not known is refused. */
export interface Selection {
  table: string
  /** @default every row */
  where?: Where
}

/** A query of `retrieveMultiple`. */
export interface Query extends Selection {
  /** @default all columns */
  columns?: string[]
  /** A column, or several; ascending unless said otherwise. @default the order of creation */
  orderBy?: string | { column: string; descending?: boolean } | (string | { column: string; descending?: boolean })[]
  /** Limit of rows over all pages. @default all */
  top?: number
  /** Rows of a page, 5,000 at most. @default 5,000 */
  pageSize?: number
  /** The page, from 1. @default 1 */
  page?: number
}

/** One page of rows. */
export interface Rows extends Array<Row> {
  /** Whether there are rows after this page. */
  readonly moreRecords: boolean
}

/**
 * The organization service: in the transaction of the step, one level deeper, with the rights of `userId`. Every call is
 * synchronous. A fault is an `OrganizationServiceFault`; if the step catches it, the failed call has been undone and the
 * transaction continues.
 */
export interface OrganizationService {
  /** Returns columns of a record. @throws 0x80040217 if there is no such record */
  retrieve(table: string, id: string, columns?: string[]): Row
  /** Returns a page of rows, and on it whether there are more. */
  retrieveMultiple(query: Query): Rows
  /** Returns how many rows match. */
  count(selection: Selection): number
  /** Returns the sum of a column of numbers over the rows that match, 0 where there is none. */
  sum(selection: Selection & { column: string }): number
  /** Creates a record and returns its id. */
  create(table: string, columns: Row): string
  update(table: string, id: string, columns: Row): void
  /** Its cascade runs within this transaction, whatever its size. */
  delete(table: string, id: string): void
  /** Assigns a record. `owner` is a reference, or the name or GUID of a user or team. The cascade runs within this transaction, whatever its size. */
  assign(table: string, id: string, owner: OwnerReference | string): void
  setState(table: string, id: string, statecode: number, statuscode?: number): void
  /** Its cascade runs within this transaction, whatever its size. */
  merge(request: { table: string; target: string; subordinate: string; content?: Row; parentingCheck?: boolean }): void
  /**
   * Links a record with others by an N:N relationship, given by its schema name. `others` are ids of its other table. A link that is there
   * already changes nothing.
   */
  associate(relationship: string, table: string, id: string, others: (string | EntityReference)[]): void
  /** Removes links between a record and others; one that is not there changes nothing. */
  disassociate(relationship: string, table: string, id: string, others: (string | EntityReference)[]): void
  grantAccess(table: string, id: string, principal: OwnerReference | string, rights: AccessRight[]): void
  /** Replaces the rights that were granted directly; without a grant it makes one. */
  modifyAccess(table: string, id: string, principal: OwnerReference | string, rights: AccessRight[]): void
  revokeAccess(table: string, id: string, principal: OwnerReference | string): void
}

/** The error that the organization service throws. */
export interface OrganizationServiceFault extends Error {
  name: 'OrganizationServiceFault'
  /** The platform's code, for instance `0x80040217`; empty if there is none. */
  code: string
}

/** The system job that a step runs in, within an asynchronous cascade. */
export interface JobContext {
  id: string
  name: string
  /** The attempt for this record, from 1. */
  attempt: number
  /** The batch, from 1. */
  batch: number
}

/** The argument of a step's handler. */
export interface StepContext {
  readonly messageName: MessageName
  readonly stage: StageName
  readonly mode: StepMode
  /** 1 for a user's request, one more for each request of a step and for a cascade's children. */
  readonly depth: number
  readonly isInTransaction: boolean
  readonly primaryEntityName: string
  readonly primaryEntityId: string
  /** Create, Update: the columns of the request, which Pre stages may change. Other messages: the record as `{ table, id }`. */
  readonly target: Row
  /** The row before the change, with the registered columns; not on Create. Frozen. */
  readonly preImage: Readonly<Row>
  /** The row after the change, with what earlier steps wrote; PostOperation only, not on Delete. Frozen. */
  readonly postImage: Readonly<Row>
  /**
   * Parameters of the message: `Target`, `Assignee`, `SubordinateId`, `UpdateContent`, `PerformParentingChecks`, … Pre stages may change
   * `UpdateContent` and `PerformParentingChecks` of a merge and `Assignee` of an assign; the rest is frozen.
   */
  readonly inputParameters: Record<string, unknown>
  /** Results of the message: `id` after Create. */
  readonly outputParameters: Record<string, unknown>
  /** One plain object for all stages of one message; nested messages read it through `parentContext`. */
  readonly sharedVariables: Record<string, unknown>
  /** Id of the user that the step runs as. */
  readonly userId: string
  /** Id of the user who started the chain of requests. */
  readonly initiatingUserId: string
  readonly businessUnitId: string
  /** The same for everything that one request caused. */
  readonly correlationId: string
  readonly requestId: string
  /** When the operation began: an ISO string in UTC. */
  readonly operationCreatedOn: string
  /** The context of the message that caused this one. */
  readonly parentContext: ParentContext | undefined
  readonly job: JobContext | undefined
  readonly service: OrganizationService
  /** Writes a line into the plug-in trace log, kept also when the transaction is rolled back. */
  trace(text: string): void
}

/** A message further up the chain of calls. */
export type ParentContext = Omit<StepContext, 'service' | 'trace' | 'preImage' | 'postImage' | 'job' | 'outputParameters'>

export interface StepDefinition {
  message: MessageName
  /** Logical name. @default every table */
  table?: string
  stage: StageName
  /** @default 'Sync' */
  mode?: StepMode
  /** Ascending; equal ranks run in the order of the plug-ins' names. @default 1 */
  rank?: number
  /** Update only: fires when any of these columns is in the request, changed or not. @default any column */
  filteringAttributes?: string[]
  /** Columns of the row before the change, `true` for all. Not on Create. @default none */
  preImage?: string[] | boolean
  /** Columns of the row after the change, `true` for all. PostOperation only, not on Delete. @default none */
  postImage?: string[] | boolean
  /** Whose rights the organization service has: the caller's, those of an administrator with 'System', or a user's by name. @default 'CallingUser' */
  runAs?: string
  /** Runs the step. Only asynchronous steps may return a promise, because a transaction does not wait. */
  handler(context: StepContext): void | Promise<void>
}

export interface PluginDefinition {
  /** Unique in an environment. */
  name: string
  /** @default '0.0.0' */
  version?: string
  /** @default 1 */
  apiVersion?: 1
  /** @default none */
  permissions?: Permission[]
  steps: StepDefinition[]
}

/** Returns its argument, with types. A function gets the configuration that the user entered at installation. */
export function definePlugin<T extends PluginDefinition | ((configuration: string) => PluginDefinition)>(plugin: T): T {
  return plugin
}

/** A business refusal: the operation is rolled back and the user reads this message (0x80040265). */
export class InvalidPluginExecutionError extends Error {
  override readonly name = 'InvalidPluginExecutionError'
}
