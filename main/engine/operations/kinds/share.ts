import { operationText } from '#text/english/operations'
import { securityText } from '#text/english/security'
import { isDown } from '../../cascade/edges.ts'
import type { PlanningKind, ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { EngineError, inputInvalid } from '../../contract/errors.ts'
import type { MessageName } from '../../contract/messages.ts'
import type { RecordRef } from '../../contract/records.ts'
import type { AccessRight, OwnerInput } from '../../contract/security.ts'
import type { CascadeAction } from '../../contract/tables.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import { maskOf } from '../../security/rights.ts'
import { runOf } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { identify } from '../../store/identities.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { findOwner } from '../../store/owners.ts'
import { readStored } from '../../store/records.ts'
import { getRow } from '../../store/rows.ts'
import { addDirect, addInherited, removeUnjustified, setDirect } from '../../store/shares.ts'
import { requireRight } from '../authorize.ts'
import type { OperationContext } from '../context.ts'
import { inheritingEdges } from '../inheriting-edges.ts'
import { checkAccessTableFree } from './access-lock.ts'
import { cascadeJobName } from './job-name.ts'
import type { OperationKind, PlannedSet } from './operation-kind.ts'

type SharingRequest = Extract<CascadeRequest, { operation: 'Share' | 'Unshare' | 'ModifyAccess' }>

interface ResolvedSharing extends ResolvedRequest {
  operation: SharingRequest['operation']
  sharee: OwnerRow
  rights: readonly AccessRight[]
}

/** What tells one way of sharing from another. */
interface Sharing {
  operation: SharingRequest['operation']
  message: MessageName
  action: 'share' | 'unshare'
  /** What happens to the records below. */
  below: 'inherit' | 'disinherit'
  /** The action by whose cascades the children are found. */
  travels: CascadeAction
  applyToRoot(context: OperationContext<ResolvedSharing>, set: PlannedSet): void
  applyBelow(context: OperationContext<ResolvedSharing>, set: PlannedSet): void
}

/** What sharing has nothing to say about. */
const QUIET = {
  threshold: null,
  origins: null,
  isDeepestFirst: false,
  removesRoot: false,
  holdsRoot: false,
  held: { participle: 'shared', platform: 'SQLTimeout' as const },
  frame: null,
  neededRights: () => [],
  reader: () => null,
  whyNothingChanges: () => null,
  unlinkedEdges: () => [],
  excludedRow: () => null,
  columnsAfter: () => ({}),
  findBlockers: () => ({ listed: [], groups: [], count: 0 }),
  countLinks: () => 0,
  checksAmongSteps: () => [],
  checkAsLeft: () => undefined,
  notes: () => [],
  rootColumns: () => null,
  prepareJobSet: () => undefined,
  checkSet: () => undefined,
  checkRecord: () => undefined,
} satisfies Partial<OperationKind> & Partial<PlanningKind>

/** Shares a record with a user or team; what cascades Share inherits the rights. Source: dataverse reference, sections 1.9 and 4.3. */
export const share = sharing({
  operation: 'Share',
  message: 'GrantAccess',
  action: 'share',
  below: 'inherit',
  travels: 'Share',
  applyToRoot: ({ connection, request, nowMs }) => addDirect(connection, request.root, grantOf(request), nowMs),
  applyBelow: ({ connection, request, nowMs }, { table, rows }) => void addInherited(connection, table, rows, grantOf(request), nowMs),
})

/** Takes back the rights with which a record was shared; what cascades Unshare loses what it inherited from there. */
export const unshare = sharing({
  operation: 'Unshare',
  message: 'RevokeAccess',
  action: 'unshare',
  below: 'disinherit',
  travels: 'Unshare',
  applyToRoot: ({ connection, request, nowMs }) => setDirect(connection, request.root, { principal: request.sharee.row, mask: 0 }, nowMs),
  applyBelow: lose,
})

/** Replaces the rights with which a record is shared; children lose and inherit as after an unshare and a share. */
export const modifyAccess = sharing({
  operation: 'ModifyAccess',
  message: 'ModifyAccess',
  action: 'share',
  below: 'inherit',
  travels: 'Share',
  applyToRoot: ({ connection, request, nowMs }) => setDirect(connection, request.root, grantOf(request), nowMs),
  applyBelow(context, set) {
    const { connection, request, nowMs } = context
    if (set.relationship && isDown(set.relationship.definition.cascade.Unshare)) lose(context, set)
    if (request.rights.length > 0) addInherited(connection, set.table, set.rows, grantOf(request), nowMs)
  },
})

/** Takes from the children what no parent gives any more. Parents come before their children. */
function lose({ connection, model, request, nowMs }: OperationContext<ResolvedSharing>, { table, rows }: PlannedSet): void {
  removeUnjustified(connection, table, inheritingEdges(model, table), rows, nowMs, request.sharee.row)
}

const grantOf = ({ sharee, rights }: ResolvedSharing) => ({ principal: sharee.row, mask: maskOf(rights) })

function sharing({
  operation,
  message,
  action,
  below,
  travels,
  applyToRoot,
  applyBelow,
}: Sharing): OperationKind<SharingRequest, ResolvedSharing> {
  const apply = (context: OperationContext<ResolvedSharing>, set: PlannedSet): void => {
    if (set.relationship === null) applyToRoot(context, set)
    else applyBelow(context, set)
  }
  return {
    ...QUIET,
    operation,
    rootAction: action,
    jobName: (_request, table, id) => cascadeJobName(operation, table, id),
    isAlwaysJob: false,
    messageName: message,
    operationType: 12801,
    requestMessages: [message],
    rootMessages: () => [message],
    raisedMessages: (_settings, of) => (of === action ? [message] : []),

    resolve(connection, model, request) {
      const table = model.table(request.record.table)
      const root = getRow(connection, table, request.record.id)
      if (!table.hasOwner)
        throw inputInvalid(operationText.noOwners({ table: table.definition.logicalName, ownership: table.definition.ownership }), {
          table: table.definition.logicalName,
        })
      const sharee = resolveSharee(connection, model, request.with)
      return { operation, table, root, sharee, rights: 'rights' in request ? request.rights : [] }
    },
    resolveAgain: (connection, model, request, { table, root }) => ({
      operation,
      table,
      root,
      sharee: resolveSharee(connection, model, request.with),
      rights: 'rights' in request ? request.rights : [],
    }),
    renew: (connection, model, { sharee, ...request }, table) => ({
      ...request,
      table,
      sharee: resolveSharee(connection, model, { table: sharee.table, id: sharee.id }),
    }),
    toKept: (request, { sharee }) => ({ ...request, with: { table: sharee.table, id: sharee.id } }),
    asLeft: (request) => request,
    resolvedAsLeft: (_work, request) => request,
    requested: ({ record }) => record,
    rows: ({ root }) => [root],
    messageRow: ({ root }) => root,
    messageId: (_request, rootId) => rootId,

    /** A right that the user does not hold cannot be given. Source: dataverse reference, sections 4.3 and 4.5. */
    authorize(work, user, { table, root, rights }) {
      requireRight(work, user, table, root, 'Share')
      for (const right of rights) requireRight(work, user, table, root, right)
    },

    travelledEdges: (model, table) => model.edgesFrom(table, travels).filter(({ behavior, child }) => child.hasOwner && isDown(behavior)),
    actionOnLevel: () => below,
    checkPreconditions({ connection }, { table, root, sharee }) {
      if (action === 'unshare') return
      if (readStored(connection, table, root)?.ownerid === sharee.row) throw sharedWithOwner(sharee)
    },
    rootParameters: ({ connection, model }, { sharee, rights }) => ({
      Principal: identify(connection, [model.table(sharee.table)], sharee.row),
      ...(action === 'unshare' ? {} : { AccessRights: [...rights] }),
    }),

    prepareSet: () => undefined,
    applySet(context, _scope, set) {
      if (set.relationship === null) checkAccessTableFree(context)
      apply(context, set)
      return 0
    },
    applyRecord(context, scope, record) {
      const set = { ...record, rows: runOf(record.row, record.row), size: 1, children: () => [] }
      if (!record.isRoot) apply(context, set)
      else
        context.pipeline.run(scope.root, {
          main() {
            checkAccessTableFree(context)
            apply(context, set)
          },
        })
      return true
    },
  }
}

/** Finds whom a record is shared with. A disabled user can be one. @throws INPUT_INVALID with 0x8004020C for nobody */
function resolveSharee(connection: Connection, model: CompiledModel, given: OwnerInput): OwnerRow {
  const found = findOwner(connection, model, given)
  if (found) return found
  throw new EngineError('INPUT_INVALID', securityText.shareeUnknown({ sharee: nameOf(given) }), {
    platform: 'InvalidSharee',
    hint: operationText.chooseOwnerHint,
    details: { with: given },
  })
}

const nameOf = (given: string | RecordRef): string => (typeof given === 'string' ? given : `${given.table} ${given.id}`)

const sharedWithOwner = (sharee: OwnerRow): EngineError =>
  new EngineError('CASCADE_REFUSED', securityText.sharedWithOwner({ owner: sharee.name }), {
    platform: 'CannotShareWithOwner',
    hint: securityText.otherShareeHint,
    details: { with: sharee.id },
  })
