import type { Message } from '#text/message'
import type { ErrorData } from './errors.ts'
import type { PluginStep } from './plugins.ts'
import type { ProcessRun } from './processes.ts'
import type { FieldValue, LookupValue, RecordFilter, RecordInput, RecordRef } from './records.ts'
import type { AccessRight, OwnerInput } from './security.ts'
import type { CascadeType } from './tables.ts'

/** Requests, plans, previews and outcomes of cascading operations: plain data. */

export type CascadeRequest =
  | {
      operation: 'Assign'
      record: RecordRef
      /** `null` keeps the owners: then only the business unit changes. */
      to: OwnerInput | null
      /** The business unit that the records get, where records can belong to another one than their owner's. @default the owner's */
      businessUnit?: RecordRef
    }
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
  /** Every record that a user or team owns, each with what cascades from it. The platform's ReassignObjects. */
  | { operation: 'Reassign'; from: OwnerInput; to: OwnerInput }
  /** The matching records of a table, each by a delete of its own with its own cascade. Always a job. */
  | { operation: 'BulkDelete'; table: string; where: RecordFilter[] }
  | { operation: 'Share'; record: RecordRef; with: OwnerInput; rights: AccessRight[] }
  | { operation: 'Unshare'; record: RecordRef; with: OwnerInput }
  /** Replaces the rights with which a record is shared. */
  | { operation: 'ModifyAccess'; record: RecordRef; with: OwnerInput; rights: AccessRight[] }
export type CascadeOperation = CascadeRequest['operation']

/** Where the sources on asynchronous cascades disagree, each has a profile. */
export const THRESHOLD_PROFILES = ['docs-current', 'docs-2023', 'docs-2020'] as const
export type ThresholdProfile = (typeof THRESHOLD_PROFILES)[number]

/**
 * The operations that have a threshold of their own. A reassign is an assign of many records and has that of Assign; a bulk delete is always
 * a job, and sharing is always synchronous.
 */
export type ThresholdOperation = Exclude<CascadeOperation, 'Reassign' | 'BulkDelete' | 'Share' | 'Unshare' | 'ModifyAccess'>

/** From how many affected records on an operation runs as a system job. Source: dataverse reference, section 2.1. */
export const PUBLISHED_THRESHOLDS: Record<ThresholdOperation, Record<ThresholdProfile, number>> = {
  Assign: { 'docs-current': 1_000, 'docs-2023': 1_000, 'docs-2020': 1_000 },
  Delete: { 'docs-current': 5_000, 'docs-2023': 10_000, 'docs-2020': 10_000 },
  Merge: { 'docs-current': 1_000, 'docs-2023': 1_000, 'docs-2020': 0 },
}

export const THRESHOLD_OPERATIONS = Object.keys(PUBLISHED_THRESHOLDS) as ThresholdOperation[]

export const CASCADE_OPERATIONS: readonly CascadeOperation[] = [
  ...THRESHOLD_OPERATIONS,
  'Reassign',
  'BulkDelete',
  'Share',
  'Unshare',
  'ModifyAccess',
]

/** Returns a value for each operation that has a threshold. */
export const forEachThreshold = <T>(make: (operation: ThresholdOperation) => T): Record<ThresholdOperation, T> =>
  Object.fromEntries(THRESHOLD_OPERATIONS.map((operation) => [operation, make(operation)])) as Record<ThresholdOperation, T>

export type CascadeMode = 'Sync' | 'Async'

export type ModeChoice = 'Auto' | CascadeMode

/** What happens to one record of a plan. `check` records are covered by a merge's parenting check and not changed by it. */
export const PLAN_ACTIONS = ['assign', 'delete', 'unlink', 'merge', 'move', 'check', 'share', 'unshare', 'inherit', 'disinherit'] as const
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
  /** The rows through which the cascade comes to that one, from the root down; empty where it is the root. */
  path: LookupValue[]
  relationship: string
  code: string
  reason: Message
}

/** Records that the user may not process: all counted, the first listed. */
export interface DeniedRecords {
  table: string
  right: AccessRight
  count: number
  listed: LookupValue[]
}

/** How many rows block along one relationship. */
export interface BlockerGroup {
  relationship: string
  table: string
  count: number
}

/** The description of a plan, before anything is changed. */
export interface Preview {
  planId: string
  request: CascadeRequest
  mode: CascadeMode
  /** `Asynchronous because 5,412 affected records ≥ 5,000, the threshold for Delete`. */
  modeReason: Message
  affected: number
  byTable: Record<string, number>
  groups: PlanGroup[]
  levels: number
  /** Rows of N:N intersect tables that go with deleted rows; not counted in `affected`. */
  linksRemoved: number
  /** The first blockers, some along each relationship; `blockedCount` counts them all. */
  blockedBy: PlanBlocker[]
  blockedGroups: BlockerGroup[]
  blockedCount: number
  /** What the user who asks may not do, in the order of processing. A synchronous cascade is refused, a job pauses at the first. */
  denied: DeniedRecords[]
  /** The platform's error that refuses the whole operation: a missing right, a merge's preconditions, a disabled assignee. */
  refusal: ErrorData | null
  /** What else there is to say: tables with unknown children, skipped rows. */
  reasons: Message[]
  /** Whether nothing would change, because the record already belongs to the new owner. */
  nothingToDo: boolean
  /** The plug-in steps that will run, in the order of execution for each table and message, with the greatest possible number of records. */
  steps: { step: PluginStep; table: string; records: number }[]
  /** What of the customer's own solutions would run as well on the platform, and never runs here. */
  processes: ProcessRun[]
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

/** An operation that was accepted. A refused one throws. */
export interface OperationOutcome {
  outcome: 'Completed' | 'Running'
  mode: CascadeMode
  affected: number
  /** `null` unless the mode is Async. */
  jobId: string | null
  /** Created by `create`. */
  record: RecordRef | null
}
