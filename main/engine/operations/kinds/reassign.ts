import { operationText } from '#text/english/operations'
import { reason as reasons } from '#text/english/reasons'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { EngineError } from '../../contract/errors.ts'
import type { OwnerInput } from '../../contract/security.ts'
import type { CompiledModel, CompiledTable } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { findOwner } from '../../store/owners.ts'
import { ownsRows } from '../../store/records.ts'
import { resolveAssignee } from '../assignee.ts'
import { callUnder, childEvent } from '../cascade-events.ts'
import { cascadeJobName } from './job-name.ts'
import type { OperationKind } from './operation-kind.ts'
import {
  assignedEdges,
  assignRecord,
  assignRows,
  columnsOfOwner,
  ownerColumns,
  ownerMessages,
  passedTables,
  type ResolvedOwner,
  rightsToAssign,
} from './owner-change.ts'

type ReassignRequest = Extract<CascadeRequest, { operation: 'Reassign' }>

/** The root is the user or team that owns the records; it stays as it is. */
interface ResolvedReassign extends ResolvedOwner {
  operation: 'Reassign'
  owner: OwnerRow
  /** The tables whose rows have owners. */
  tables: CompiledTable[]
}

/**
 * Gives every record of a user or team to somebody else, each with its own cascade, as one operation. A row that belongs to the new
 * owner already is passed over, and the cascade goes on from it. Source: scenario format, `reassign`; dataverse reference, section 2.7.
 */
export const reassign: OperationKind<ReassignRequest, ResolvedReassign> = {
  operation: 'Reassign',
  threshold: 'Assign',
  origins: {
    tables: (connection, { tables, root }) => tables.filter((table) => ownsRows(connection, table, root)),
    add: (plan, table, { root }) => plan.addOwned(table, root),
    coveredOwner: ({ root }) => root,
    passedOwner: ({ owner }) => owner.row,
  },
  rootAction: 'assign',
  isDeepestFirst: false,
  jobName: (_request, table, id) => cascadeJobName('Assign All', table, id),
  isAlwaysJob: false,
  messageName: 'ReassignObjects',
  operationType: 105,
  removesRoot: false,
  holdsRoot: false,
  held: { participle: 'assigned', platform: 'AsyncAssignOperationOngoing' },
  requestMessages: [],
  frame: null,

  resolve(connection, model, { from, to }) {
    const owner = findOwner(connection, model, from)
    if (!owner) throw ownerUnknown(from)
    return resolved(connection, model, model.table(owner.table), owner.row, to)
  },
  resolveAgain: (connection, model, { to }, { table, root }) => resolved(connection, model, table, root, to),
  renew: (connection, model, { owner, root }, table) => resolved(connection, model, table, root, { table: owner.table, id: owner.id }),
  toKept(request, { owner, table }) {
    const from = typeof request.from === 'string' ? request.from : { table: table.definition.logicalName, id: request.from.id }
    return { ...request, from, to: { table: owner.table, id: owner.id } }
  },
  asLeft: (request) => request,
  resolvedAsLeft: (_work, request) => request,
  requested: ({ from }) => (typeof from === 'string' ? null : from),
  rows: ({ root }) => [root],
  messageRow: ({ root }) => root,
  messageId: (_request, rootId) => rootId,
  whyNothingChanges(connection, { root, owner, tables }) {
    if (root === owner.row) return reasons.sameOwner
    return tables.some((table) => ownsRows(connection, table, root)) ? null : reasons.ownsNothing
  },

  authorize: () => undefined,
  neededRights: rightsToAssign,
  reader: (_settings, { owner }) => owner,

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

  rootMessages: () => [],
  raisedMessages: ownerMessages,
  rootColumns: () => null,
  rootParameters: () => ({}),

  prepareSet: () => undefined,
  prepareJobSet: () => undefined,
  applySet: (context, _scope, set) => set.size - assignRows(context, set),
  /** Each record that the owner had is a request of its own; what cascades from it is below. */
  applyRecord(context, scope, { table, row, relationship }) {
    const { settings, request, pipeline } = context
    const call = relationship === null ? scope.root.call : callUnder(context, scope, relationship, table, row)
    const event = childEvent(context, call, table, row, ownerMessages(settings), ownerColumns(request))
    pipeline.run(event, { main: () => assignRecord(context, table, row, event) })
    return true
  },
  checkSet: () => undefined,
  checkRecord: () => undefined,
}

const resolved = (connection: Connection, model: CompiledModel, table: CompiledTable, root: number, to: OwnerInput): ResolvedReassign => ({
  operation: 'Reassign',
  table,
  root,
  owner: resolveAssignee(connection, model, to),
  unit: null,
  tables: [...model.tables()].filter(({ hasOwner }) => hasOwner),
})

const ownerUnknown = (from: OwnerInput): EngineError =>
  new EngineError(
    'INPUT_INVALID',
    operationText.formerOwnerUnknown({ owner: typeof from === 'string' ? `"${from}"` : `${from.table} ${from.id}` }),
    {
      platform: 'InvalidOwnerID',
      hint: operationText.chooseOwnerHint,
      details: { from },
    },
  )
