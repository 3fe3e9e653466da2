import { isDown } from '../../cascade/edges.ts'
import { EngineError } from '../../contract/errors.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import { childInState } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { isAbove, readStored } from '../../store/records.ts'
import { describeRow } from '../../store/rows.ts'
import type { StoredRow } from '../../store/values.ts'
import { recordUpdate } from '../record-update.ts'
import type { ResolvedMerge } from './merge.ts'

interface CheckContext {
  connection: Connection
  model: CompiledModel
  request: ResolvedMerge
  target: StoredRow
  subordinate: StoredRow
}

/**
 * Checks what must hold before two rows are merged. Source: dataverse reference, sections 3.1, 3.2 and 3.5.
 * @throws CASCADE_REFUSED with the platform's code for the first that does not hold
 */
export function checkMerge(connection: Connection, model: CompiledModel, request: ResolvedMerge): void {
  const target = readStored(connection, request.table, request.target) ?? {}
  const subordinate = readStored(connection, request.table, request.root) ?? {}
  const context = { connection, model, request, target, subordinate }
  checkMergeable(context)
  checkActive(context)
  checkCycle(context)
  checkQuotes(context)
  if (request.parentingCheck) checkParents(context)
  checkContent(connection, model, request)
}

/** Checks that the chosen values fit the target. Rows of their lookups may have been deleted since the job was created. */
export function checkContent(connection: Connection, model: CompiledModel, { table, target, content }: ResolvedMerge): void {
  recordUpdate(connection, model, table, target, content)
}

function checkMergeable({ request: { table, root, target } }: CheckContext): void {
  const { logicalName, mergeable } = table.definition
  if (!mergeable)
    throw new EngineError('CASCADE_REFUSED', `This type: ${logicalName} is not supported with merge operation.`, {
      platform: 'InvalidArgument',
      hint: 'Accounts, contacts, leads and cases can be merged.',
      details: { table: logicalName },
    })
  if (root === target)
    throw new EngineError('CASCADE_REFUSED', 'Merge cannot be performed on master and sub-entities that are identical.', {
      platform: 'MergeIdentical',
      hint: 'Choose two different rows.',
    })
}

function checkActive({ connection, request, target, subordinate }: CheckContext): void {
  const { logicalName, activeState } = request.table.definition
  for (const [role, row, stored] of [
    ['master entity', request.target, target],
    ['sub-entity', request.root, subordinate],
  ] as const) {
    if (stored.statecode === activeState) continue
    const { id } = describeRow(connection, request.table, row)
    throw new EngineError(
      'CASCADE_REFUSED',
      `Merge cannot be performed on entity that is inactive: ${role}:${logicalName}-${id} is deactive.`,
      {
        platform: 'MergeInactive',
        hint: 'Activate the row first, or choose another.',
        details: { table: logicalName, id },
      },
    )
  }
}

/** Checks that the target is not below the subordinate in any hierarchy of the table. */
function checkCycle({ connection, model, request }: CheckContext): void {
  for (const { child, attribute, behavior } of model.edgesFrom(request.table, 'Merge')) {
    if (child !== request.table || !isDown(behavior) || !isAbove(connection, child, attribute, request.target, request.root)) continue
    throw new EngineError(
      'CASCADE_REFUSED',
      `Merge could create cyclical parenting: the target sits below the subordinate through ${attribute}.`,
      {
        platform: 'MergeCyclicalParenting',
        hint: 'Merge the other way round, or give the target another parent first.',
        details: { attribute },
      },
    )
  }
}

function checkQuotes({ connection, model, request }: CheckContext): void {
  for (const edge of model.edgesFrom(request.table, 'Merge')) {
    if (edge.child.definition.logicalName !== 'quote' || !childInState(connection, edge, request.root, edge.child.definition.activeState))
      continue
    throw new EngineError('CASCADE_REFUSED', 'Merge cannot be performed on sub-entity that has active quote.', {
      platform: 'MergeActiveQuote',
      hint: 'Close or revise the quote first.',
    })
  }
}

/**
 * Checks that both rows have the same parents. Which case raises which code is our reading. A subordinate directly below
 * the target is allowed, because its parent is the row that it is merged into.
 */
function checkParents({ model, request, target, subordinate }: CheckContext): void {
  const attributes = new Set(model.parentalRelationships(request.table).map(({ definition }) => definition.attribute))
  for (const attribute of attributes) {
    const ofTarget = target[attribute] ?? null
    const ofSubordinate = subordinate[attribute] ?? null
    if (ofSubordinate === null || ofSubordinate === ofTarget || ofSubordinate === request.target) continue
    const differ = ofTarget !== null
    throw new EngineError(
      'CASCADE_REFUSED',
      differ
        ? `Merge warning: sub-entity will be differently parented (${attribute} of the two rows differs).`
        : `Merge warning: sub-entity might lose parenting (only the subordinate has a ${attribute}).`,
      {
        platform: differ ? 'MergeDifferentlyParentedWarning' : 'MergeLossOfParentingWarning',
        hint: 'Give both rows the same parent, or merge without the parenting check.',
        details: { attribute },
      },
    )
  }
}
