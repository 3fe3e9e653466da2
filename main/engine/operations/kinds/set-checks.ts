import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { EngineError, recordNotFound, recordPhrase } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { CompiledRelationship, Edge } from '../../model/compiled-model.ts'
import { findAstray, findChildren, findMissing } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { describeRow, findRecord } from '../../store/rows.ts'
import type { CascadeScope, OperationContext } from '../context.ts'
import { edgeOf } from '../context.ts'
import type { SetFailure } from '../set-failure.ts'
import { blockersAlong, deleteBlocked } from './blockers.ts'
import { passesPlanned } from './delete-edges.ts'
import { isKeptParent } from './kept-parent.ts'
import type { ResolvedMerge } from './merge.ts'
import type { PositionedSet } from './operation-kind.ts'

/** Finds the first record that is gone before its turn. A merge then tries again without it. Source: dataverse reference, section 2.3. */
export function checkPresent({ connection }: OperationContext, set: PositionedSet): SetFailure | undefined {
  const missing = findMissing(connection, set.table, set.rows, set.rowNumbers, set.size)
  const item = set.firstPosition(missing)
  const gone = missing.find((row) => set.firstPosition([row]) === item)
  return item === undefined || gone === undefined ? undefined : { item, error: plannedRecordGone(connection, set, gone) }
}

/** Makes the error of a deleted row, of which nothing is known unless it was kept. */
function plannedRecordGone(connection: Connection, { table }: PositionedSet, row: RowNumber): EngineError {
  const { logicalName } = table.definition
  const known = findRecord(connection, table, row)
  if (known) return recordNotFound(logicalName, known.id, known.name)
  return new EngineError('RECORD_NOT_FOUND', platform.recordGone({ table: logicalName, why: operationText.deletedSincePlanned }), {
    platform: 'ObjectDoesNotExist',
    hint: operationText.newPlanHint,
    details: { table: logicalName, row },
  })
}

/** Finds the first record that a Restrict child has come to hang on since it was planned. Source: dataverse reference, section 2.3. */
export function checkRestrict(
  { connection, settings }: OperationContext,
  scope: CascadeScope,
  set: PositionedSet,
  edge: Edge,
): SetFailure | undefined {
  const children = findChildren(connection, edge, set.rows).filter(({ row, parent }) => row !== parent)
  const planned = passesPlanned(settings, edge) ? scope.planned(children.map(({ row }) => row)) : new Set()
  const blocking = children.filter(({ row }) => !planned.has(row))
  const item = set.firstPosition(blocking.map(({ parent }) => parent))
  if (item === undefined) return undefined
  const first = blocking.filter(({ parent }) => set.firstPosition([parent]) === item)
  return { item, error: deleteBlocked(blockersAlong(connection, edge, first)) }
}

/**
 * Finds the first row below the moved ones that no longer hangs where the plan found it, nor on another row that the merge leaves in
 * place. Source: dataverse reference, section 3.5.
 */
export function checkParenting(context: OperationContext<ResolvedMerge>, scope: CascadeScope, set: PositionedSet): SetFailure | undefined {
  if (!set.relationship) return undefined
  const { connection, model } = context
  const { child, attribute } = edgeOf(model, set.relationship)
  const astray = findAstray(connection, edgeOf(model, set.relationship), set.children()).filter(
    ({ current, parent }) => current === null || current === parent || !isKeptParent(context, scope, child, attribute, current),
  )
  const item = set.firstPosition(astray.map(({ row }) => row))
  const first = astray.find(({ row }) => set.firstPosition([row]) === item)
  if (item === undefined || !first) return undefined
  const record = describeRow(connection, set.table, first.row)
  return { item, error: parentingError(record, set.relationship, first.current === null || first.current === first.parent) }
}

function parentingError(record: LookupValue, relationship: CompiledRelationship, lost: boolean): EngineError {
  const { attribute, referenced, schemaName } = relationship.definition
  const named = { record: recordPhrase(record), parentTable: referenced, column: attribute, relationship: schemaName }
  return new EngineError(
    'CASCADE_REFUSED',
    lost
      ? platform.mergeMightLoseItsParent({ why: operationText.lostParent(named) })
      : platform.mergeParentDiffers({ why: operationText.gotOtherParent(named) }),
    {
      platform: lost ? 'MergeLossOfParentingWarning' : 'MergeDifferentlyParentedWarning',
      hint: operationText.parentBackHint,
      record,
      details: { table: record.table, id: record.id, attribute },
    },
  )
}
