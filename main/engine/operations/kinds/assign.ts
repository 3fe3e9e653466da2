import { operationText } from '#text/english/operations'
import { reason as reasons } from '#text/english/reasons'

import type { CascadeRequest } from '../../contract/cascades.ts'
import { inputInvalid } from '../../contract/errors.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { readStored } from '../../store/records.ts'
import { getRow } from '../../store/rows.ts'
import { resolveAssignee } from '../assignee.ts'
import { callUnder, childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext } from '../context.ts'
import type { OperationKind, PlannedRecord } from './operation-kind.ts'
import {
  assignedEdges,
  assignRecord,
  assignRows,
  columnsOfOwner,
  ownerColumns,
  ownerMessages,
  passedTables,
  type ResolvedOwner,
} from './owner-change.ts'

type AssignRequest = Extract<CascadeRequest, { operation: 'Assign' }>

interface ResolvedAssign extends ResolvedOwner {
  operation: 'Assign'
}

/** Status code of a cancelled job. */
const CANCELLED = 32

/** Gives a record and what cascades from it a new owner. Source: dataverse reference, sections 1.5, 1.7 and 4.1. */
export const assign: OperationKind<AssignRequest, ResolvedAssign> = {
  operation: 'Assign',
  threshold: 'Assign',
  origins: null,
  rootAction: 'assign',
  isDeepestFirst: false,
  jobLabel: 'Assign',
  messageName: 'Assign',
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

  travelledEdges: assignedEdges,
  unlinkedEdges: () => [],
  actionOnLevel: () => 'assign',
  excludedRow: () => null,
  columnsAfter: columnsOfOwner,
  findBlockers: () => ({ listed: [], count: 0 }),
  countLinks: () => 0,
  notes: passedTables,
  checkPreconditions: () => undefined,

  rootMessages: (settings, asked = 'Assign') => (settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : [asked]),
  raisedMessages: ownerMessages,
  rootColumns: ownerColumns,
  rootParameters: () => ({}),

  prepareSet: () => undefined,
  prepareJobSet: () => undefined,
  applySet: (context, _scope, set) => set.size - assignRows(context, set),
  applyRecord: applyAssign,
  checkSet: () => undefined,
  checkRecord: () => undefined,
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
