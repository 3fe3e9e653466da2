import type { Message } from '#text/message'
import type { BlockerGroup, CascadeOperation, PlanAction, PlanBlocker, ThresholdOperation } from '../contract/cascades.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldValue } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel, CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { PlanRange, PlanTable } from '../store/plan-table.ts'
import type { Group, Plan } from './plan.ts'

/** A request whose records were found. Each operation adds what it needs besides. */
export interface ResolvedRequest {
  operation: CascadeOperation
  table: CompiledTable
  /** The record from which the cascade goes down. */
  root: RowNumber
}

/** What reading an environment for a plan needs. */
export interface PlanningContext {
  connection: Connection
  model: CompiledModel
  settings: Settings
}

/** The rows that forbid an operation: all counted, by relationship too, the first listed. */
export interface Blockers {
  listed: PlanBlocker[]
  groups: BlockerGroup[]
  count: number
}

/** The records from which a cascade goes down, where they are many. */
export interface PlanOrigins<R extends ResolvedRequest = ResolvedRequest> {
  /** Returns the tables that have such records. */
  tables(connection: Connection, request: R): CompiledTable[]
  /** Adds those of one table to a plan, in the order of creation. */
  add(plan: PlanTable, table: CompiledTable, request: R): PlanRange
  /** Returns the owner all of whose rows are such records, so that they need not be looked for below others; `null` where there is none. */
  coveredOwner(request: R): RowNumber | null
  /** Returns the owner whose rows are passed over: nothing changes on them, but the cascade goes on from them. */
  passedOwner(request: R): RowNumber | null
}

/** A check of the platform that runs among the PreOperation steps, before those of its rank. */
export interface PlatformCheck {
  rank: number
  /** @throws CASCADE_REFUSED */
  run(): void
}

/** What planning and previewing ask of an operation. `operations/kinds` has one for each, and hands it in. */
export interface PlanningKind<R extends ResolvedRequest = ResolvedRequest> {
  readonly operation: CascadeOperation
  /** The operation whose threshold decides between the modes; `null` where it is always synchronous, or always a job. */
  readonly threshold: ThresholdOperation | null
  /** Whether the operation is a job, whatever its size and the settings. */
  readonly isAlwaysJob: boolean
  /** What happens to the root. */
  readonly rootAction: PlanAction
  /** Whether records are processed from the deepest level up, with the root last. */
  readonly isDeepestFirst: boolean
  /** Returns the relationships that a cascade follows from rows of this table. */
  travelledEdges(model: CompiledModel, table: CompiledTable): Edge[]
  /** Returns the relationships whose children only lose their lookup. No cascade goes on from them. */
  unlinkedEdges(model: CompiledModel, table: CompiledTable): Edge[]
  /** Returns what happens to a record that was reached on this level, from 1. */
  actionOnLevel(level: number): PlanAction
  /** How the records are found from which the cascade goes down, where they are others than the root; `null` where the root is the one. */
  readonly origins: PlanOrigins<R> | null
  /** Returns the row of the root's table that is no part of the plan, wherever it is reached. */
  excludedRow(request: R): RowNumber | null
  /** Returns the columns that change on the rows of a group, with what they will hold. */
  columnsAfter(context: PlanningContext, request: R, group: Group): Record<string, FieldValue>
  /** Returns the rows that forbid the operation. */
  findBlockers(context: PlanningContext, plan: Plan): Blockers
  /** Counts the N:N links that go with the plan's rows. */
  countLinks(model: CompiledModel, plan: Plan): number
  /** Returns what there is to say about rows that the plan leaves alone. */
  notes(model: CompiledModel, plan: Plan): Message[]
  /** @throws CASCADE_REFUSED where a precondition does not hold that no step before the operation can change */
  checkPreconditions(context: PlanningContext, request: R): void
  /** Returns the checks of the platform that are PreOperation steps of their own, each with its rank. */
  checksAmongSteps(context: PlanningContext, request: R): PlatformCheck[]
  /** @throws CASCADE_REFUSED where a precondition does not hold that PreOperation steps may still change */
  checkAsLeft(context: PlanningContext, request: R): void
}
