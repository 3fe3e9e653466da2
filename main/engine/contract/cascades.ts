import type { ErrorData } from './errors.ts'
import type { PluginStep } from './plugins.ts'
import type { FieldValue, LookupValue, RecordInput, RecordRef } from './records.ts'
import type { CascadeType } from './tables.ts'

/** Requests, plans, previews and outcomes of cascading operations: plain data. */

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
