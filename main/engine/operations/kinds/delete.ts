import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { linkTable } from '../../store/columns.ts'
import { getRow } from '../../store/rows.ts'
import { requireRight } from '../authorize.ts'
import { edgeOf } from '../context.ts'
import { earliest } from '../set-failure.ts'
import { findBlockers } from './blockers.ts'
import { deletedEdges, removeLinkEdges, restrictEdges } from './delete-edges.ts'
import { deleteSet, unlinkRecord, unlinkSet } from './delete-rows.ts'
import { cascadeJobName } from './job-name.ts'
import type { OperationKind } from './operation-kind.ts'
import { checkPresent, checkRestrict } from './set-checks.ts'
import { checkLateChildren, checkUnplannedChildren, deleteRecord, deleteUnplannedChildren, prepareDelete } from './unplanned-children.ts'

type DeleteRequest = Extract<CascadeRequest, { operation: 'Delete' }>

interface ResolvedDelete extends ResolvedRequest {
  operation: 'Delete'
}

/** Deletes a record with what cascades, and empties Remove Link lookups. Source: dataverse reference, sections 1.7, 2.3 and 5.5. */
export const deletion: OperationKind<DeleteRequest, ResolvedDelete> = {
  operation: 'Delete',
  threshold: 'Delete',
  origins: null,
  rootAction: 'delete',
  isDeepestFirst: true,
  jobName: (_request, table, id) => cascadeJobName('Delete', table, id),
  isAlwaysJob: false,
  messageName: 'Delete',
  operationType: 91,
  removesRoot: true,
  holdsRoot: true,
  held: { participle: 'deleted', platform: 'AsyncDeleteOperationOngoing' },
  requestMessages: ['Delete'],
  frame: null,

  authorize: (work, user, { table, root }) => requireRight(work, user, table, root, 'Delete'),
  /** The platform itself empties the lookups of Remove Link. */
  neededRights: (_settings, _request, action) => (action === 'delete' ? ['Delete'] : []),
  reader: () => null,

  resolve(connection, model, { record }) {
    const table = model.table(record.table)
    return { operation: 'Delete', table, root: getRow(connection, table, record.id) }
  },
  resolveAgain: (_connection, _model, _request, root) => ({ operation: 'Delete', ...root }),
  renew: (_connection, _model, request, table) => ({ ...request, table }),
  toKept: (request) => request,
  asLeft: (request) => request,
  resolvedAsLeft: (_work, request) => request,
  requested: ({ record }) => record,
  rows: ({ root }) => [root],
  messageRow: ({ root }) => root,
  messageId: (_request, rootId) => rootId,
  whyNothingChanges: () => null,

  travelledEdges: deletedEdges,
  unlinkedEdges: removeLinkEdges,
  actionOnLevel: () => 'delete',
  excludedRow: () => null,
  columnsAfter: (_context, _request, { action, relationship }) =>
    action === 'unlink' && relationship ? { [relationship.definition.attribute]: null } : {},
  findBlockers,
  /** The rows to be deleted come before those that are only unlinked, so that they are one range. */
  countLinks(model, { table, groups }) {
    const deleted = groups.filter(({ action }) => action === 'delete')
    const range = { first: 1, last: Math.max(...deleted.map(({ last }) => last)) }
    const intersectTables = new Set(deleted.flatMap((group) => model.linkSides(group.table).map(({ relation }) => relation.intersectTable)))
    return [...intersectTables].reduce((count, name) => count + table.countLinks(linkTable(name), range), 0)
  },
  notes: () => [],
  checkPreconditions: () => undefined,
  checksAmongSteps: () => [],
  checkAsLeft: () => undefined,

  rootMessages: () => ['Delete'],
  raisedMessages(settings, action) {
    if (action === 'delete') return ['Delete']
    return settings.removeLinkRaisesUpdate ? ['Update'] : []
  },
  rootColumns: () => null,
  rootParameters: () => ({}),

  prepareSet: prepareDelete,
  prepareJobSet(context, scope, set) {
    if (set.action === 'delete') deleteUnplannedChildren(context, scope, set)
  },
  applySet(context, _scope, set) {
    if (set.action === 'delete') deleteSet(context, set)
    else if (set.relationship) unlinkSet(context, set.relationship, set.children())
    return 0
  },
  applyRecord(context, scope, { action, table, row, parent, isRoot, relationship }) {
    if (action === 'delete') {
      deleteRecord(context, scope, table, row, isRoot ? 'root' : relationship)
      return true
    }
    return relationship !== null && parent !== null && unlinkRecord(context, scope, edgeOf(context.model, relationship), row, parent)
  },
  /** A row that was only to lose its link may be gone: it may have gone with another, and there is nothing left to empty. */
  checkSet(context, scope, set, start) {
    if (set.action !== 'delete') return undefined
    return earliest([
      checkPresent(context, set),
      ...restrictEdges(context.model, set.table).map((edge) => checkRestrict(context, scope, set, edge)),
      checkLateChildren(context, scope, set),
      checkUnplannedChildren(context, scope, set, start),
    ])
  },
  checkRecord: (context, scope, record) =>
    record.action === 'delete' ? (checkPresent(context, record) ?? checkLateChildren(context, scope, record)) : undefined,
}
