import { reason as reasons } from '#text/english/reasons'
import type { Message } from '#text/message'
import { isDown } from '../../cascade/edges.ts'
import type { Plan } from '../../cascade/plan.ts'
import type { PlanningContext, ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { MessageName } from '../../contract/messages.ts'
import type { FieldValue, RecordInput, RecordRef } from '../../contract/records.ts'
import type { AccessRight, OwnerInput } from '../../contract/security.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CompiledModel, CompiledTable, Edge } from '../../model/compiled-model.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import { runOf, setOwner } from '../../store/changes.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { describeRow } from '../../store/rows.ts'
import { anythingShared, ownersOf, shareWithOwners } from '../../store/shares.ts'
import { resolveAssignee } from '../assignee.ts'
import { requireReadingOwner } from '../authorize.ts'
import type { OperationContext, RowSet } from '../context.ts'
import { loseBelow } from '../inherit-access.ts'
import { isAssign, splitUpdate } from '../split-update.ts'
import { recordGone, writeColumns } from '../update.ts'
import { checkAccessTableFree } from './access-lock.ts'
import type { NewOwner } from './new-owner.ts'
import { unitAfter } from './new-owner.ts'

/** A request that gives records a new owner. */
export interface ResolvedOwner extends ResolvedRequest, NewOwner {}

export const refOf = ({ table, id }: RecordRef): RecordRef => ({ table, id })

/** Returns the rights that giving a record to somebody else needs. Source: dataverse reference, section 4.3. */
export const rightsToAssign = ({ assignNeedsWrite }: Settings): readonly AccessRight[] =>
  assignNeedsWrite ? ['Assign', 'Write'] : ['Assign']

/** Returns the relationships that an assign follows. Organization-owned children have no owner and are passed by, with all below them. */
export const assignedEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  model.edgesFrom(table, 'Assign').filter(({ behavior, child }) => child.hasOwner && isDown(behavior))

/** Returns what an assign changes on a row. */
export function columnsOfOwner({ connection, model, settings }: PlanningContext, request: ResolvedOwner): Record<string, FieldValue> {
  const { owner } = request
  const unit = unitAfter(request, settings)
  const units = model.table('businessunit')
  return {
    ...(owner ? { ownerid: { ...refOf(owner), name: owner.name } } : {}),
    ...(unit === undefined ? {} : { owningbusinessunit: unit === null ? null : describeRow(connection, units, unit) }),
  }
}

/** Says which tables a plan passes by, because their rows have no owner. */
export function passedTables(model: CompiledModel, { groups }: Plan): Message[] {
  const tables = new Set(groups.map(({ table }) => table))
  const children = [...tables]
    .flatMap((table) => model.edgesFrom(table, 'Assign'))
    .filter(({ behavior, child }) => behavior !== 'NoCascade' && !child.hasOwner)
  return [...new Set(children.map(({ child }) => child.definition.logicalName))].map((table) => reasons.passedBy({ table }))
}

/** Returns the messages that a change of the owner raises on a record. */
export const ownerMessages = (settings: Settings): MessageName[] => (settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : ['Update'])

export const ownerColumns = ({ owner, unit }: ResolvedOwner): RecordInput => ({
  ...(owner ? { ownerid: refOf(owner) } : {}),
  ...(unit ? { owningbusinessunit: refOf(unit) } : {}),
})

/** Returns whether a request has been left with the owner that it was planned with. */
export const isPlannedOwner = ({ owner }: ResolvedOwner, given: OwnerInput | undefined): given is undefined =>
  given === undefined || (typeof given === 'object' && given.id === owner?.id)

/** Gives rows their new owner and business unit, whatever they have by now. Returns how many of them still exist. */
export function assignRows(context: OperationContext<ResolvedOwner>, { table, rows }: RowSet): number {
  const { connection, settings, request, change } = context
  const { owner } = request
  const previous = owner && anythingShared(connection) ? ownersOf(connection, table, rows) : []
  if (owner && settings.shareToPreviousOwnerOnAssign) {
    checkAccessTableFree(context, context.call.job?.number)
    shareWithOwners(connection, table, rows, owner.row, change.nowMs)
  }
  const assigned = setOwner(connection, table, rows, owner?.row, unitAfter(request, settings), change)
  // Also below rows that the cascade passes by. Source: dataverse reference, section 1.9.
  for (const before of previous) if (before !== owner?.row) loseBelow(context, table, rows, before)
  return assigned
}

/** Finds the owner that a step has given a record instead. @throws what resolveAssignee throws; CASCADE_REFUSED with 0x80040231 */
function changedOwner(context: OperationContext<ResolvedOwner>, table: CompiledTable, given: OwnerInput): OwnerRow {
  const owner = resolveAssignee(context.connection, context.model, given)
  requireReadingOwner(context, owner, table)
  return owner
}

/** Assigns one record with the columns as its Pre stages left them: another owner, or other columns besides. */
export function assignRecord(
  context: OperationContext<ResolvedOwner>,
  table: CompiledTable,
  row: number,
  { columns, call }: RecordEvent,
): void {
  const parts = splitUpdate(columns ?? {})
  const { owner: given, others } = parts
  if (isAssign(parts)) {
    const { request } = context
    const owner = isPlannedOwner(request, given) ? request.owner : changedOwner(context, table, given)
    const assigned = assignRows({ ...context, request: { ...request, owner } }, { table, rows: runOf(row, row) })
    if (assigned === 0) throw recordGone(context, table, row)
  }
  if (Object.keys(others).length > 0) writeColumns(context, call, table, row, others)
}
