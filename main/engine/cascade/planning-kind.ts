import type { Message } from '#text/message'
import type { CascadeOperation, PlanAction, PlanBlocker } from '../contract/cascades.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldValue } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel, CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
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

/** The rows that forbid an operation: all counted, the first listed. */
export interface Blockers {
  listed: PlanBlocker[]
  count: number
}

/** What planning and previewing ask of an operation. `operations/kinds` has one for each, and hands it in. */
export interface PlanningKind<R extends ResolvedRequest = ResolvedRequest> {
  readonly operation: CascadeOperation
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
  /** @throws CASCADE_REFUSED where a precondition of the operation does not hold. */
  checkPreconditions(connection: Connection, model: CompiledModel, request: R): void
}
