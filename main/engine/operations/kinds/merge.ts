import { operationText } from '#text/english/operations'
import { securityText } from '#text/english/security'
import type { Message } from '#text/message'
import { isDown } from '../../cascade/edges.ts'
import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { EngineError, inputInvalid, messageOf } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { LookupValue, RecordInput } from '../../contract/records.ts'
import type { CompiledTable } from '../../model/compiled-model.ts'
import { mergedState } from '../../model/table-defaults.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import { rightsOf } from '../../store/caller-rights.ts'
import { toEntityInput } from '../../store/entity-rows.ts'
import { identify } from '../../store/identities.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { storedInput } from '../../store/records.ts'
import { describeRow, getRow } from '../../store/rows.ts'
import { requireRight } from '../authorize.ts'
import { isCase } from '../case-hierarchy.ts'
import type { CascadeScope, OperationContext, Work } from '../context.ts'
import type { SetFailure } from '../set-failure.ts'
import { updateMessages } from '../update.ts'
import { cascadeJobName } from './job-name.ts'
import { checkContent, checkMerge, checkMergeAsLeft, checkQuotes, checkTargetActive, quotesAreCheckedFirst } from './merge-checks.ts'
import { adoptOrphans, adoptRecord, moveRecord, moveSet, retiredMessages, retireSubordinate, updateTarget } from './merge-rows.ts'
import type { OperationKind, PositionedSet, RangeStart } from './operation-kind.ts'
import { checkParenting, checkPresent } from './set-checks.ts'

type MergeRequest = Extract<CascadeRequest, { operation: 'Merge' }>

/** The root is the subordinate: it is the one whose children move. */
export interface ResolvedMerge extends ResolvedRequest {
  operation: 'Merge'
  target: RowNumber
  content: RecordInput
  parentingCheck: boolean
}

/** Moves what hangs on the subordinate to the target, then retires the subordinate. Source: dataverse reference, sections 3.1 to 3.5 and 4.4. */
export const merge: OperationKind<MergeRequest, ResolvedMerge> = {
  operation: 'Merge',
  threshold: 'Merge',
  origins: null,
  rootAction: 'merge',
  isDeepestFirst: false,
  jobName: (_request, table, id) => cascadeJobName('Merge', table, id),
  isAlwaysJob: false,
  messageName: 'Merge',
  operationType: 89,
  removesRoot: true,
  holdsRoot: false,
  // No code of the platform is known.
  held: { participle: 'merged', platform: 'SQLTimeout' },
  requestMessages: ['Merge'],
  frame: {
    messages: (settings) => ['Merge', ...retiredMessages(settings)],
    contentMessages: (settings, { content = {} }) =>
      settings.mergeRaisesUpdateOnTarget && Object.keys(content).length > 0 ? updateMessages(settings, content) : [],
    begin: updateTarget,
    end: retireSubordinate,
  },

  resolve(connection, model, { target, subordinate, content = {}, parentingCheck = true }) {
    const table = model.table(target.table)
    if (subordinate.table !== target.table)
      throw inputInvalid(operationText.otherTable({ target: target.table, subordinate: subordinate.table }), { target, subordinate })
    const targetRow = getRow(connection, table, target.id)
    const root = getRow(connection, table, subordinate.id)
    // Values that do not fit must stop the merge before anything is planned, let alone half of it is done.
    storedInput(connection, model, table, content)
    return { operation: 'Merge', table, root, target: targetRow, content: appliedContent(table, content), parentingCheck }
  },
  resolveAgain(connection, _model, { target, subordinate, content = {}, parentingCheck = true }, { table, root }) {
    getRow(connection, table, subordinate.id)
    return {
      operation: 'Merge',
      table,
      root,
      target: getRow(connection, table, target.id),
      content: appliedContent(table, content),
      parentingCheck,
    }
  },
  renew: (_connection, _model, request, table) => ({ ...request, table }),
  toKept: (request) => request,
  asLeft: withParameters,
  resolvedAsLeft(_work, request, event) {
    const left = withParameters(request, event)
    return { ...left, content: appliedContent(request.table, left.content) }
  },
  requested: ({ subordinate }) => subordinate,
  rows: ({ root, target }) => [root, target],
  messageRow: ({ target }) => target,
  messageId: ({ target }) => target.id.toLowerCase(),
  whyNothingChanges: () => null,

  authorize: requireMerge,
  /** A merge of cases runs as the user, any other works on the children as the system, unless the stricter reading is on. */
  neededRights: ({ mergeChecksChildRights }, { table }, action) =>
    action === 'move' && (mergeChecksChildRights || isCase(table)) ? ['Append', 'Write'] : [],
  reader: () => null,

  travelledEdges: (model, table) => model.edgesFrom(table, 'Merge').filter(({ behavior }) => isDown(behavior)),
  unlinkedEdges: () => [],
  actionOnLevel: (level) => (level === 1 ? 'move' : 'check'),
  /** The target may hang below the subordinate through another table. It stays where it is. */
  excludedRow: ({ target }) => target,
  columnsAfter({ connection }, { table, target }, { action, relationship }) {
    if (action === 'merge') return { ...mergedState(table.definition), merged: true, masterid: describeRow(connection, table, target) }
    return action === 'move' && relationship ? { [relationship.definition.attribute]: describeRow(connection, table, target) } : {}
  },
  findBlockers: () => ({ listed: [], groups: [], count: 0 }),
  countLinks: () => 0,
  notes: () => [],
  checkPreconditions: checkMerge,
  checksAmongSteps: (context, request) => (quotesAreCheckedFirst(context) ? [] : [{ rank: 1, run: () => checkQuotes(context, request) }]),
  checkAsLeft: checkMergeAsLeft,

  rootMessages: () => ['Merge'],
  raisedMessages: (settings, action) => (action !== 'merge' && settings.mergeRaisesUpdateOnMovedRows ? ['Update'] : []),
  rootColumns: () => null,
  rootParameters: ({ connection, model }, { table, root, content, parentingCheck }) => ({
    SubordinateId: identify(connection, [table], root).id,
    UpdateContent: toEntityInput(connection, model, table, content),
    PerformParentingChecks: parentingCheck,
  }),

  prepareSet: () => undefined,
  prepareJobSet: () => undefined,
  applySet(context, _scope, set) {
    if (set.action === 'move') return Math.max(0, set.size - moveSet(context, set))
    if (set.action === 'check' && set.relationship && !context.request.parentingCheck)
      adoptOrphans(context, set.relationship, set.children())
    return 0
  },
  applyRecord(context, scope, { action, table, row, parent, relationship }) {
    if (action === 'move') return moveRecord(context, scope, table, row)
    if (action === 'check') return relationship !== null && parent !== null && adoptRecord(context, scope, relationship, { row, parent })
    return true
  },
  checkSet: checkMergeSet,
  checkRecord: checkMergeSet,
}

/**
 * Checks the rights to target and subordinate. Source: dataverse reference, section 4.3.
 * @throws CASCADE_REFUSED with 0x80045301, which says which right is missing
 */
function requireMerge(work: Work, user: OwnerRow, { table, root, target }: ResolvedMerge): void {
  if (!rightsOf(work.connection, user).holds('prvMerge'))
    throw mergeDenied(securityText.mergePrivilege({ user: user.name }), { user: user.id })
  try {
    for (const right of ['Read', 'Write', 'Share', 'AppendTo'] as const) requireRight(work, user, table, target, right)
    requireRight(work, user, table, root, 'Write')
  } catch (error) {
    if (error instanceof EngineError) throw mergeDenied(messageOf(error), error.details, error.record)
    throw error
  }
}

const mergeDenied = (why: Message, details: Record<string, unknown>, record: LookupValue | null = null): EngineError =>
  new EngineError('CASCADE_REFUSED', securityText.mergeDenied({ why }), {
    platform: 'MergeSecurityError',
    hint: securityText.deniedHint,
    record,
    details,
  })

/** Returns a merge with the content and the parenting check that steps have left. */
function withParameters<R extends { content?: RecordInput; parentingCheck?: boolean }>(request: R, event: RecordEvent): R {
  const left = event.changedParameters('Merge')
  if (left === null) return request
  return { ...request, content: left.UpdateContent as RecordInput, parentingCheck: left.PerformParentingChecks === true }
}

/** A case keeps its columns, whatever a merge gives. Source: dataverse reference, section 3.3. */
const appliedContent = (table: CompiledTable, content: RecordInput): RecordInput => (isCase(table) ? {} : content)

function checkMergeSet(
  context: OperationContext<ResolvedMerge>,
  scope: CascadeScope,
  set: PositionedSet,
  { first, isRetry }: RangeStart,
): SetFailure | undefined {
  const failure = endsFailure(context, first, set.action === 'merge')
  if (failure || set.action === 'merge') return failure
  if (!context.request.parentingCheck) return undefined
  if (set.action === 'check') return checkParenting(context, scope, set)
  // A record that was gone before does without itself in the next try. Source: dataverse reference, section 2.3.
  return isRetry ? undefined : checkPresent(context, set)
}

/** Finds out whether the target can still take what moves to it and, at the root, the content. */
function endsFailure(
  { connection, model, request }: OperationContext<ResolvedMerge>,
  item: number,
  isRoot: boolean,
): SetFailure | undefined {
  try {
    checkTargetActive(connection, request)
    if (isRoot) checkContent(connection, model, request)
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return { item, error }
    throw error
  }
}
