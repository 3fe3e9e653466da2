import type { Message } from '#text/message'
import type { PlanningKind, ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest, PlanAction } from '../../contract/cascades.ts'
import type { PlatformErrorName } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { MessageName } from '../../contract/messages.ts'
import type { RecordInput, RecordRef } from '../../contract/records.ts'
import type { AccessRight } from '../../contract/security.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CompiledModel, CompiledRelationship, CompiledTable } from '../../model/compiled-model.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import type { PlannedChild } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import type { OwnerRow } from '../../store/owners.ts'
import type { CascadeScope, OperationContext, RowSet, Work } from '../context.ts'
import type { SetFailure } from '../set-failure.ts'

/** Records of a plan that belong to one group. */
export interface PlannedSet extends RowSet {
  action: PlanAction
  /** How they were reached; `null` for the root. */
  relationship: CompiledRelationship | null
  size: number
  /** Returns the rows with their planned parents. Kept for rows to be unlinked or checked. */
  children(): PlannedChild[]
}

/** Records of a job, each of which has a position in the order of processing. */
export interface PositionedSet extends PlannedSet {
  rowNumbers(): RowNumber[]
  /** Returns the position of the first of these rows; nothing where none is in the set. */
  firstPosition(rows: RowNumber[]): number | undefined
}

/** One record of a plan. */
export interface PlannedRecord {
  table: CompiledTable
  /** Whether it is the root of the cascade. */
  isRoot: boolean
  action: PlanAction
  relationship: CompiledRelationship | null
  row: RowNumber
  parent: RowNumber | null
}

/** Where a part of a batch begins. */
export interface RangeStart {
  first: number
  /** Whether its first record has failed before. */
  isRetry: boolean
}

/**
 * Work before the first and after the last record. The root's message then spans the whole cascade: PreOperation comes
 * before the first record, PostOperation after the last.
 */
export interface OperationFrame<C extends CascadeRequest = CascadeRequest, R extends ResolvedRequest = ResolvedRequest> {
  /** Returns the messages that are raised once, whatever the plan. */
  messages(settings: Settings): MessageName[]
  /** Returns the further messages that this request's own values raise. */
  contentMessages(settings: Settings, request: C): MessageName[]
  begin(context: OperationContext<R>, scope: CascadeScope): void
  end(context: OperationContext<R>, scope: CascadeScope): void
}

/**
 * Everything that tells one cascading operation from another. Plans, previews, jobs and events ask the kind; no other file branches
 * on an operation's name. Adding one: docs/recipes/an-operation.md.
 */
export interface OperationKind<C extends CascadeRequest = CascadeRequest, R extends ResolvedRequest = ResolvedRequest>
  extends PlanningKind<R> {
  // ── Request ────────────────────────────────────────────────────────────────────────────────────

  /**
   * Finds the records that a request names.
   * @throws RECORD_NOT_FOUND for a record that is not there, INPUT_INVALID for input that does not fit the table
   */
  resolve(connection: Connection, model: CompiledModel, request: C): R
  /** Finds the records of a job's request again. Its root may be gone, which is then a failure of the root's own turn. */
  resolveAgain(connection: Connection, model: CompiledModel, request: C, root: Pick<R, 'table' | 'root'>): R
  /** Returns a request of some time ago with what it refers to as it is now. `table` is the root's. */
  renew(connection: Connection, model: CompiledModel, request: R, table: CompiledTable): R
  /** Returns a request as a job keeps it: by ids, since names change. */
  toKept(request: C, resolved: R): C
  /** Returns a request as the Pre stages of its message have left it. */
  asLeft(request: C, event: RecordEvent): C
  /** Returns a resolved request as the Pre stages of its message have left it. */
  resolvedAsLeft(work: Pick<Work, 'connection' | 'model'>, request: R, event: RecordEvent): R
  /** Returns the record that a request asks to change, which its failures are about; `null` where it asks for many. */
  requested(request: C): RecordRef | null
  /** Returns the records that must exist and be free before anything is done. */
  rows(request: R): RowNumber[]
  /** Returns the record that the operation's message is about. */
  messageRow(request: R): RowNumber
  /** Returns the GUID of the same record from a kept request, given that of the root. */
  messageId(request: C, rootId: string): string
  /** Returns why the operation changes nothing; `null` where it does. */
  whyNothingChanges(connection: Connection, request: R): Message | null

  // ── Rights ─────────────────────────────────────────────────────────────────────────────────────

  /**
   * Checks the rights to the records that a request names. Those to the records below are checked set by set. Source: dataverse
   * reference, section 4.3.
   * @throws CASCADE_REFUSED with the platform's code
   */
  authorize(work: Work, user: OwnerRow, request: R): void
  /** Returns the rights that a user needs to the records below the root with this action. */
  neededRights(settings: Settings, request: R, action: PlanAction): readonly AccessRight[]
  /** Returns the user or team that must be able to read the tables below the root; `null` where nobody must. */
  reader(settings: Settings, request: R): OwnerRow | null

  // ── Platform ───────────────────────────────────────────────────────────────────────────────────

  /** Returns the name of a job. `table` and `id` are those of the root. Confirmed for Delete only. Source: dataverse reference, section 2.8. */
  jobName(request: R, table: string, id: string): string
  /** The platform's message that a job stands for. */
  readonly messageName: string
  /** The job's operation type. Source: dataverse reference, section 2.7. */
  readonly operationType: number
  /** Whether the root is no longer in use afterwards. The administrator must stay. */
  readonly removesRoot: boolean
  /** Whether the root of a job refuses a second one until the job has ended. */
  readonly holdsRoot: boolean
  /** How a record under a job's batch is described to others, and the error that they get. Source: dataverse reference, section 2.8. */
  readonly held: { participle: string; platform: PlatformErrorName }

  // ── Events ─────────────────────────────────────────────────────────────────────────────────────

  /** All messages that a request may raise on its root before it is planned. */
  readonly requestMessages: readonly MessageName[]
  /** Returns the messages of what was asked for; `asked` is the one by which it was, where that is not the operation's own. */
  rootMessages(settings: Settings, asked: MessageName | undefined): MessageName[]
  /** Returns the messages raised on records of this action. What the platform does is confirmed for Delete; the others are readings. */
  raisedMessages(settings: Settings, action: PlanAction): MessageName[]
  /** Returns the columns that the root's message carries; `null` where it has no target with columns. */
  rootColumns(request: R): RecordInput | null
  /** Returns the further parameters of the root's message. */
  rootParameters(work: Work, request: R): Record<string, unknown>

  // ── Applying ───────────────────────────────────────────────────────────────────────────────────

  /** `null` where the work on the records is all there is. */
  readonly frame: OperationFrame<C, R> | null
  /** Prepares a set after plug-in steps of the same transaction have written: what they made is in no plan. */
  prepareSet(context: OperationContext<R>, scope: CascadeScope, set: PlannedSet): void
  /** Prepares a set of a job, whose plan is older than its transaction. */
  prepareJobSet(context: OperationContext<R>, scope: CascadeScope, set: PlannedSet): void
  /** Applies the operation to a set of records on which no step listens. Returns how many it passed over. */
  applySet(context: OperationContext<R>, scope: CascadeScope, set: PlannedSet): number
  /** Applies the operation to one record that exists, with its steps. Returns whether there was anything to do. */
  applyRecord(context: OperationContext<R>, scope: CascadeScope, record: PlannedRecord): boolean
  /** Returns the first record of a job's set that cannot be processed. */
  checkSet(context: OperationContext<R>, scope: CascadeScope, set: PositionedSet, start: RangeStart): SetFailure | undefined
  /** Does the same for one record whose steps run. They may still change what a set's check looks at. */
  checkRecord(context: OperationContext<R>, scope: CascadeScope, record: PositionedSet, start: RangeStart): SetFailure | undefined
}
