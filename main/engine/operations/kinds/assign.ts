import { operationText } from '#text/english/operations'
import { reason as reasons } from '#text/english/reasons'
import { isDown } from '../../cascade/edges.ts'
import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { inputInvalid } from '../../contract/errors.ts'
import { movesToOwnersUnit } from '../../contract/settings.ts'
import type { CompiledTable } from '../../model/compiled-model.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { runOf, setOwner } from '../../store/changes.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { readStored } from '../../store/records.ts'
import { describeRow, getRow } from '../../store/rows.ts'
import { resolveAssignee } from '../assignee.ts'
import { callUnder, childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet } from '../context.ts'
import { splitUpdate } from '../split-update.ts'
import { recordGone, writeColumns } from '../update.ts'
import type { OperationKind, PlannedRecord } from './operation-kind.ts'

type AssignRequest = Extract<CascadeRequest, { operation: 'Assign' }>

interface ResolvedAssign extends ResolvedRequest {
  operation: 'Assign'
  owner: OwnerRow
}

/** Status code of a cancelled job. */
const CANCELLED = 32

/** Gives a record and what cascades from it a new owner. Source: dataverse reference, sections 1.5, 1.7 and 4.1. */
export const assign: OperationKind<AssignRequest, ResolvedAssign> = {
  operation: 'Assign',
  rootAction: 'assign',
  isDeepestFirst: false,
  operationType: 90,
  removesRoot: false,
  holdsRoot: true,
  held: { participle: 'assigned', platform: 'AsyncAssignOperationOngoing' },
  requestMessages: ['Update', 'Assign', 'SetState'],
  frame: null,

  resolve(connection, model, { record, to }) {
    const table = model.table(record.table)
    const root = getRow(connection, table, record.id)
    if (!table.hasOwner)
      throw inputInvalid(operationText.noOwners({ table: table.definition.logicalName, ownership: table.definition.ownership }), {
        table: table.definition.logicalName,
      })
    return { operation: 'Assign', table, root, owner: resolveAssignee(connection, model, to) }
  },
  resolveAgain: (connection, model, { to }, { table, root }) => ({
    operation: 'Assign',
    table,
    root,
    owner: resolveAssignee(connection, model, to),
  }),
  renew: (connection, model, { owner, ...request }, table) => ({
    ...request,
    table,
    owner: resolveAssignee(connection, model, { table: owner.table, id: owner.id }),
  }),
  toKept: (request, { owner }) => ({ ...request, to: { table: owner.table, id: owner.id } }),
  withOwner: (request, owner) => ({ ...request, to: owner }),
  rows: ({ root }) => [root],
  messageRow: ({ root }) => root,
  messageId: (_request, rootId) => rootId,

  /** A cancelled assign may have left the tree half-way, so that the next one to the same owner goes through it again. */
  whyNothingChanges(connection, { table, root, owner }) {
    if (readStored(connection, table, root)?.ownerid !== owner.row) return null
    const last = cascadeJobStatements(connection).lastOf.get(root, 'Assign')
    if (last?.statuscode === CANCELLED && last.failing_item !== null) return null
    return reasons.nothingToDo
  },

  /** Organization-owned children have no owner: an assign passes them by, with all below them. */
  travelledEdges: (model, table) => model.edgesFrom(table, 'Assign').filter(({ behavior, child }) => child.hasOwner && isDown(behavior)),
  unlinkedEdges: () => [],
  actionOnLevel: () => 'assign',
  excludedRow: () => null,
  columnsAfter({ connection, model, settings }, { owner }) {
    const ownerid = { table: owner.table, id: owner.id, name: owner.name }
    if (!movesToOwnersUnit(settings)) return { ownerid }
    const unit = owner.businessUnit === null ? null : describeRow(connection, model.table('businessunit'), owner.businessUnit)
    return { ownerid, owningbusinessunit: unit }
  },
  findBlockers: () => ({ listed: [], count: 0 }),
  countLinks: () => 0,
  notes(model, { groups }) {
    const tables = new Set(groups.map(({ table }) => table))
    const children = [...tables]
      .flatMap((table) => model.edgesFrom(table, 'Assign'))
      .filter(({ behavior, child }) => behavior !== 'NoCascade' && !child.hasOwner)
    return [...new Set(children.map(({ child }) => child.definition.logicalName))].map((table) => reasons.passedBy({ table }))
  },
  checkPreconditions: () => undefined,

  rootMessages: (settings, asked = 'Assign') => (settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : [asked]),
  raisedMessages: (settings) => (settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : ['Update']),
  rootColumns: ({ owner }) => ({ ownerid: { table: owner.table, id: owner.id } }),
  rootParameters: () => ({}),

  prepareSet: () => undefined,
  prepareJobSet: () => undefined,
  applySet: (context, _scope, set) => set.size - assignRows(context, set),
  applyRecord: applyAssign,
  checkSet: () => undefined,
  checkRecord: () => undefined,
}

/** Gives rows their new owner, whatever owner they have by now. Returns how many of them still exist. */
function assignRows({ connection, settings, request, change }: OperationContext<ResolvedAssign>, { table, rows }: RowSet): number {
  const unit = movesToOwnersUnit(settings) ? request.owner.businessUnit : undefined
  return setOwner(connection, table, rows, request.owner.row, unit, change)
}

function applyAssign(context: OperationContext<ResolvedAssign>, scope: CascadeScope, record: PlannedRecord): boolean {
  const { pipeline, settings, kind, request } = context
  const { table, row, relationship, action } = record
  const event = record.isRoot
    ? scope.root
    : childEvent(
        context,
        callUnder(context, scope, relationship, table, row),
        table,
        row,
        kind.raisedMessages(settings, action),
        kind.rootColumns(request),
      )
  pipeline.run(event, { main: () => assignRecord(context, table, row, event) })
  return true
}

/** Assigns one record with the columns as its Pre stages left them: another owner, or other columns besides. */
function assignRecord(context: OperationContext<ResolvedAssign>, table: CompiledTable, row: number, { columns, call }: RecordEvent): void {
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
