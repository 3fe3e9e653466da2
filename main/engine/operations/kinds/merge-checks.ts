import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import type { PlanningContext } from '../../cascade/planning-kind.ts'
import { aboutRecord, EngineError, recordPhrase } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { CompiledModel, CompiledTable } from '../../model/compiled-model.ts'
import { findChildInState } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { isAbove, readStored } from '../../store/records.ts'
import { describeRow, findRecord } from '../../store/rows.ts'
import type { StoredRow } from '../../store/values.ts'
import { isCase, parentCaseOf } from '../case-hierarchy.ts'
import { recordUpdate } from '../record-update.ts'
import type { ResolvedMerge } from './merge.ts'

interface CheckContext {
  connection: Connection
  model: CompiledModel
  request: ResolvedMerge
  target: StoredRow
  subordinate: StoredRow
}

const rowsOf = ({ connection, model }: PlanningContext, request: ResolvedMerge): CheckContext => ({
  connection,
  model,
  request,
  target: readStored(connection, request.table, request.target) ?? {},
  subordinate: readStored(connection, request.table, request.root) ?? {},
})

/**
 * Checks what must hold before two rows are merged, and what no step can change. Source: dataverse reference, sections 3.1 and 3.2.
 * @throws CASCADE_REFUSED with the platform's code for the first that does not hold
 */
export function checkMerge(context: PlanningContext, request: ResolvedMerge): void {
  const rows = rowsOf(context, request)
  aboutSubordinate(context, request, () => {
    checkMergeable(rows)
    checkActive(rows)
    checkParentCases(rows)
    checkCycle(rows)
    if (quotesAreCheckedFirst(context)) refuseActiveQuote(context, request)
  })
}

/** Makes checks whose failures are about the subordinate, unless they say otherwise. */
function aboutSubordinate({ connection }: PlanningContext, { table, root }: ResolvedMerge, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw aboutRecord(error, () => findRecord(connection, table, root))
  }
}

/**
 * Checks what PreOperation steps may change: whether parents are compared, and the content. Source: dataverse reference, section 3.5.
 * @throws CASCADE_REFUSED, INPUT_INVALID
 */
export function checkMergeAsLeft(context: PlanningContext, request: ResolvedMerge): void {
  aboutSubordinate(context, request, () => {
    if (request.parentingCheck) checkParents(rowsOf(context, request))
    checkContent(context.connection, context.model, request)
  })
}

/** Returns whether active quotes are looked for before any PreOperation step, rather than among them. */
export const quotesAreCheckedFirst = ({ settings }: PlanningContext): boolean => settings.activeQuoteIsCheckedFirst

/** Checks that the chosen values fit the target. Rows of their lookups may have been deleted since the job was created. */
export function checkContent(connection: Connection, model: CompiledModel, request: ResolvedMerge): void {
  const { table, root } = request
  const stored = contentOf(connection, model, request)
  for (const attribute of hierarchiesOf(model, table)) {
    const parent = stored[attribute]
    if (typeof parent === 'number' && isAbove(connection, table, attribute, parent, root)) throw cycle(attribute)
  }
}

/** Returns what the content writes to the target, which its failures are about. */
function contentOf(connection: Connection, model: CompiledModel, { table, target, content }: ResolvedMerge): StoredRow {
  try {
    return recordUpdate(connection, model, table, target, content)
  } catch (error) {
    throw aboutRecord(error, () => findRecord(connection, table, target))
  }
}

function checkMergeable({ request: { table, root, target } }: CheckContext): void {
  const { logicalName, mergeable } = table.definition
  if (!mergeable)
    throw new EngineError('CASCADE_REFUSED', platform.mergeNotSupported({ table: logicalName }), {
      platform: 'InvalidArgument',
      hint: operationText.mergeableHint,
      details: { table: logicalName },
    })
  if (root === target)
    throw new EngineError('CASCADE_REFUSED', platform.mergeIdentical, {
      platform: 'MergeIdentical',
      hint: operationText.twoRowsHint,
    })
}

function checkActive({ connection, request, target, subordinate }: CheckContext): void {
  const { activeState } = request.table.definition
  if (target.statecode !== activeState) throw inactive(connection, request.table, 'master entity', request.target)
  if (subordinate.statecode !== activeState) throw inactive(connection, request.table, 'sub-entity', request.root)
}

/**
 * Checks that the target of a running merge was not deactivated meanwhile, nor merged into another row, unless the merge gives it a
 * state itself.
 * @throws CASCADE_REFUSED
 */
export function checkTargetActive(connection: Connection, { table, target, content }: ResolvedMerge): void {
  if ('statecode' in content) return
  const stored = readStored(connection, table, target)
  if (stored && stored.statecode !== table.definition.activeState) throw inactive(connection, table, 'master entity', target)
}

function inactive(connection: Connection, table: CompiledTable, role: 'master entity' | 'sub-entity', row: RowNumber): EngineError {
  const { logicalName } = table.definition
  const record = describeRow(connection, table, row)
  const { id } = record
  return new EngineError('CASCADE_REFUSED', platform.mergeInactive({ role, table: logicalName, id }), {
    platform: 'MergeInactive',
    hint: operationText.activateHint,
    record,
    details: { table: logicalName, id },
  })
}

/** Checks that the target is not below the subordinate in any hierarchy of the table. */
function checkCycle({ connection, model, request: { table, root, target } }: CheckContext): void {
  for (const attribute of hierarchiesOf(model, table)) if (isAbove(connection, table, attribute, target, root)) throw cycle(attribute)
}

/** Returns the lookups that make a hierarchy of a table's rows: a plain lookup to the same table, along which nothing cascades, does not. */
const hierarchiesOf = (model: CompiledModel, table: CompiledTable): Set<string> =>
  new Set(
    model
      .parentalRelationships(table)
      .filter(({ definition }) => definition.referenced === table.definition.logicalName)
      .map(({ definition }) => definition.attribute),
  )

const cycle = (attribute: string): EngineError =>
  new EngineError('CASCADE_REFUSED', platform.mergeCycle({ why: operationText.targetBelow({ column: attribute }) }), {
    platform: 'MergeCyclicalParenting',
    hint: operationText.otherWayRoundHint,
    details: { attribute },
  })

/** Checks that two cases do not have different parents, which the parenting check has no say in. */
function checkParentCases({ request: { table, target: into }, target, subordinate }: CheckContext): void {
  if (!isCase(table)) return
  const [ofTarget, ofSubordinate] = [parentCaseOf(target), parentCaseOf(subordinate)]
  if (ofTarget === null || ofSubordinate === null || ofSubordinate === ofTarget || ofSubordinate === into) return
  throw new EngineError('CASCADE_REFUSED', platform.mergeDifferentParentCases, {
    platform: 'MergeCasesWithDifferentParents',
    hint: operationText.sameParentCaseHint,
    details: { table: table.definition.logicalName },
  })
}

/** Checks that the subordinate has no active quote. @throws CASCADE_REFUSED with 0x80045302, naming the quote */
export const checkQuotes = (context: PlanningContext, request: ResolvedMerge): void =>
  aboutSubordinate(context, request, () => refuseActiveQuote(context, request))

function refuseActiveQuote({ connection, model }: PlanningContext, request: ResolvedMerge): void {
  for (const edge of model.edgesFrom(request.table, 'Merge')) {
    const quote =
      edge.child.definition.logicalName === 'quote' && findChildInState(connection, edge, request.root, edge.child.definition.activeState)
    if (!quote) continue
    const record = describeRow(connection, edge.child, quote)
    const why = operationText.activeQuote({ quote: recordPhrase(record), relationship: edge.relationship.definition.schemaName })
    throw new EngineError('CASCADE_REFUSED', platform.mergeActiveQuote({ why }), {
      platform: 'MergeActiveQuote',
      hint: operationText.closeQuoteHint,
      details: { quote: record },
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
        ? platform.mergeParentsDiffer({ why: operationText.parentsDiffer({ column: attribute }) })
        : platform.mergeMightLoseParent({ why: operationText.onlySubordinateHas({ column: attribute }) }),
      {
        platform: differ ? 'MergeDifferentlyParentedWarning' : 'MergeLossOfParentingWarning',
        hint: operationText.sameParentHint,
        details: { attribute },
      },
    )
  }
}
