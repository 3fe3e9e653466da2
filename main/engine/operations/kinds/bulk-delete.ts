import { operationText } from '#text/english/operations'
import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { inputInvalid } from '../../contract/errors.ts'
import type { RecordFilter } from '../../contract/records.ts'
import type { CompiledModel, CompiledTable } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import { administratorOf } from '../../store/owners.ts'
import { matching } from '../../store/records.ts'
import { deleteOneByOne, deleteTogether } from './bulk-delete-rows.ts'
import type { OperationKind } from './operation-kind.ts'

type BulkDeleteRequest = Extract<CascadeRequest, { operation: 'BulkDelete' }>

/** The root is the administrator, because a job needs a record that it is about; nothing happens to it. */
interface ResolvedBulkDelete extends ResolvedRequest {
  operation: 'BulkDelete'
  of: CompiledTable
  condition: ReturnType<typeof matching>
}

/**
 * Deletes the matching records of a table, each with its own cascade. The plan holds these records alone; what goes with each is
 * found when its turn comes. One that is refused is counted, and the others go on. Source: scenario format, `bulkDelete`.
 */
export const bulkDeletion: OperationKind<BulkDeleteRequest, ResolvedBulkDelete> = {
  operation: 'BulkDelete',
  threshold: null,
  isAlwaysJob: true,
  origins: {
    tables: (_connection, { of }) => [of],
    add: (plan, table, { condition }) => plan.addMatching(table, condition),
    coveredOwner: () => null,
    passedOwner: () => null,
  },
  rootAction: 'delete',
  isDeepestFirst: false,
  jobName: ({ of }) => `Bulk Delete:[${of.definition.logicalName}]`,
  messageName: 'BulkDelete',
  operationType: 13,
  removesRoot: false,
  holdsRoot: false,
  held: { participle: 'deleted', platform: 'AsyncDeleteOperationOngoing' },
  requestMessages: [],
  frame: null,

  resolve: (connection, model, { table, where }) => resolved(connection, model, table, where),
  resolveAgain: (connection, model, { table, where }) => resolved(connection, model, table, where),
  renew: (_connection, model, request) => ({ ...request, of: model.table(request.of.definition.logicalName) }),
  toKept: (request) => request,
  asLeft: (request) => request,
  resolvedAsLeft: (_work, request) => request,
  requested: () => null,
  rows: () => [],
  messageRow: ({ root }) => root,
  messageId: (_request, rootId) => rootId,
  whyNothingChanges: () => null,

  /** A record that the user may not delete, or whose children the user may not delete, is left out: see `deleteOneByOne`. */
  authorize: () => undefined,
  neededRights: () => [],
  reader: () => null,

  travelledEdges: () => [],
  unlinkedEdges: () => [],
  actionOnLevel: () => 'delete',
  excludedRow: () => null,
  columnsAfter: () => ({}),
  findBlockers: () => ({ listed: [], groups: [], count: 0 }),
  countLinks: () => 0,
  notes: () => [],
  checkPreconditions: () => undefined,
  checksAmongSteps: () => [],
  checkAsLeft: () => undefined,

  rootMessages: () => [],
  raisedMessages: () => ['Delete'],
  rootColumns: () => null,
  rootParameters: () => ({}),

  prepareSet: () => undefined,
  prepareJobSet: () => undefined,
  applySet(context, scope, { table, rows }) {
    deleteTogether(context, scope, table, rows)
    return 0
  },
  applyRecord(context, scope, { table, row }) {
    deleteOneByOne(context, scope, table, [row])
    return true
  },
  checkSet: () => undefined,
  checkRecord: () => undefined,
}

/** @throws INPUT_INVALID for users, teams and business units, and for a condition that does not fit the table */
function resolved(connection: Connection, model: CompiledModel, name: string, where: RecordFilter[]): ResolvedBulkDelete {
  const of = model.table(name)
  if (of.definition.origin === 'system') throw inputInvalid(operationText.noBulkDelete({ table: name }), { table: name })
  return {
    operation: 'BulkDelete',
    table: model.table('systemuser'),
    root: administratorOf(connection).row,
    of,
    condition: matching(connection, model, of, where),
  }
}
