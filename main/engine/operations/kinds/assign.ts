import { operationText } from '#text/english/operations'
import { reason as reasons } from '#text/english/reasons'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { inputInvalid } from '../../contract/errors.ts'
import { movesToOwnersUnit } from '../../contract/settings.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { readStored } from '../../store/records.ts'
import { getRow } from '../../store/rows.ts'
import { resolveAssignee } from '../assignee.ts'
import { requireReadingOwner, requireRight } from '../authorize.ts'
import { callUnder, childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext } from '../context.ts'
import { splitUpdate } from '../split-update.ts'
import { cascadeJobName } from './job-name.ts'
import { resolveNewOwner } from './new-owner.ts'
import type { OperationKind, PlannedRecord } from './operation-kind.ts'
import {
  assignedEdges,
  assignRecord,
  assignRows,
  columnsOfOwner,
  isPlannedOwner,
  ownerColumns,
  ownerMessages,
  passedTables,
  type ResolvedOwner,
  refOf,
  rightsToAssign,
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
  jobName: (_request, table, id) => cascadeJobName('Assign', table, id),
  isAlwaysJob: false,
  messageName: 'Assign',
  operationType: 90,
  removesRoot: false,
  holdsRoot: true,
  held: { participle: 'assigned', platform: 'AsyncAssignOperationOngoing' },
  requestMessages: ['Update', 'Assign', 'SetState'],
  frame: null,

  resolve(connection, model, request) {
    const { record } = request
    const table = model.table(record.table)
    const root = getRow(connection, table, record.id)
    if (!table.hasOwner)
      throw inputInvalid(operationText.noOwners({ table: table.definition.logicalName, ownership: table.definition.ownership }), {
        table: table.definition.logicalName,
      })
    return { operation: 'Assign', table, root, ...resolveNewOwner(connection, model, request) }
  },
  resolveAgain: (connection, model, request, { table, root }) => ({
    operation: 'Assign',
    table,
    root,
    ...resolveNewOwner(connection, model, request),
  }),
  renew: (connection, model, { owner, unit, ...request }, table) => ({
    ...request,
    table,
    ...resolveNewOwner(connection, model, { to: owner && refOf(owner), ...(unit ? { businessUnit: refOf(unit) } : {}) }),
  }),
  toKept: (request, { owner }) => ({ ...request, to: owner && refOf(owner) }),
  asLeft(request, { columns }) {
    const { owner } = splitUpdate(columns ?? {})
    return owner === undefined ? request : { ...request, to: owner }
  },
  resolvedAsLeft({ connection, model }, request, { columns }) {
    const { owner } = splitUpdate(columns ?? {})
    return isPlannedOwner(request, owner) ? request : { ...request, owner: resolveAssignee(connection, model, owner) }
  },
  requested: ({ record }) => record,
  rows: ({ root }) => [root],
  messageRow: ({ root }) => root,
  messageId: (_request, rootId) => rootId,

  /** A cancelled assign may have left the tree half-way, so that the next one to the same owner goes through it again. */
  whyNothingChanges(connection, { table, root, owner, unit }) {
    const stored = readStored(connection, table, root)
    if ((owner && stored?.ownerid !== owner.row) || (unit && stored?.owningbusinessunit !== unit.row)) return null
    const last = cascadeJobStatements(connection).lastOf.get(root, 'Assign')
    if (last?.statuscode === CANCELLED && last.failing_item !== null) return null
    return reasons.nothingToDo
  },

  authorize(work, user, { table, root, owner }) {
    for (const right of rightsToAssign(work.settings)) requireRight(work, user, table, root, right)
    if (owner) requireReadingOwner(work, owner, table)
  },
  neededRights: rightsToAssign,
  /** Where a row does not move to the new owner's unit, only the root's owner is checked. Source: dataverse reference, section 1.8. */
  reader: (settings, { owner }) => (movesToOwnersUnit(settings) ? owner : null),

  travelledEdges: assignedEdges,
  unlinkedEdges: () => [],
  actionOnLevel: () => 'assign',
  excludedRow: () => null,
  columnsAfter: columnsOfOwner,
  findBlockers: () => ({ listed: [], groups: [], count: 0 }),
  countLinks: () => 0,
  notes: passedTables,
  checkPreconditions: () => undefined,
  checksAmongSteps: () => [],
  checkAsLeft: () => undefined,

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
