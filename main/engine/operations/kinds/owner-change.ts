import { reason as reasons } from '#text/english/reasons'
import type { Message } from '#text/message'
import { isDown } from '../../cascade/edges.ts'
import type { Plan } from '../../cascade/plan.ts'
import type { PlanningContext, ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { MessageName } from '../../contract/messages.ts'
import type { FieldValue, RecordInput } from '../../contract/records.ts'
import { movesToOwnersUnit, type Settings } from '../../contract/settings.ts'
import type { CompiledModel, CompiledTable, Edge } from '../../model/compiled-model.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import { runOf, setOwner } from '../../store/changes.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { describeRow } from '../../store/rows.ts'
import { resolveAssignee } from '../assignee.ts'
import type { OperationContext, RowSet } from '../context.ts'
import { splitUpdate } from '../split-update.ts'
import { recordGone, writeColumns } from '../update.ts'

/** A request that gives records a new owner. */
export interface ResolvedOwner extends ResolvedRequest {
  owner: OwnerRow
}

/** Returns the relationships that an assign follows. Organization-owned children have no owner and are passed by, with all below them. */
export const assignedEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  model.edgesFrom(table, 'Assign').filter(({ behavior, child }) => child.hasOwner && isDown(behavior))

/** Returns what an assign changes on a row. */
export function columnsOfOwner({ connection, model, settings }: PlanningContext, { owner }: ResolvedOwner): Record<string, FieldValue> {
  const ownerid = { table: owner.table, id: owner.id, name: owner.name }
  if (!movesToOwnersUnit(settings)) return { ownerid }
  const unit = owner.businessUnit === null ? null : describeRow(connection, model.table('businessunit'), owner.businessUnit)
  return { ownerid, owningbusinessunit: unit }
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

export const ownerColumns = ({ owner }: ResolvedOwner): RecordInput => ({ ownerid: { table: owner.table, id: owner.id } })

/** Gives rows their new owner, whatever owner they have by now. Returns how many of them still exist. */
export function assignRows({ connection, settings, request, change }: OperationContext<ResolvedOwner>, { table, rows }: RowSet): number {
  const unit = movesToOwnersUnit(settings) ? request.owner.businessUnit : undefined
  return setOwner(connection, table, rows, request.owner.row, unit, change)
}

/** Assigns one record with the columns as its Pre stages left them: another owner, or other columns besides. */
export function assignRecord(
  context: OperationContext<ResolvedOwner>,
  table: CompiledTable,
  row: number,
  { columns, call }: RecordEvent,
): void {
  const { owner: given, others } = splitUpdate(columns ?? {})
  if (given !== undefined) {
    const { request, connection, model } = context
    const isPlanned = typeof given === 'object' && given.id === request.owner.id
    const owner = isPlanned ? request.owner : resolveAssignee(connection, model, given)
    const assigned = assignRows({ ...context, request: { ...request, owner } }, { table, rows: runOf(row, row) })
    if (assigned === 0) throw recordGone(context, table, row)
  }
  if (Object.keys(others).length > 0) writeColumns(context, call, table, row, others)
}
