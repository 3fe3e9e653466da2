import { storeText } from '#text/english/store'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { inputInvalid } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { LookupValue, RecordRef } from '../../contract/records.ts'
import type { Settings } from '../../contract/settings.ts'
import { movesToOwnersUnit } from '../../contract/settings.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { describeRow, getRow } from '../../store/rows.ts'
import { readSettings } from '../../store/settings.ts'
import { resolveAssignee } from '../assignee.ts'

/** What an assign gives to records. */
export interface NewOwner {
  /** `null` where every record keeps its owner. */
  owner: OwnerRow | null
  /** The business unit that was asked for; `null` where it follows from the owner. */
  unit: (LookupValue & { row: RowNumber }) | null
}

/**
 * Finds the owner and the business unit of an assign. Source: dataverse reference, section 1.8.
 * @throws what resolveAssignee throws; INPUT_INVALID for a business unit where records cannot belong to another one than their owner's;
 * RECORD_NOT_FOUND for one that is not there
 */
export function resolveNewOwner(
  connection: Connection,
  model: CompiledModel,
  { to, businessUnit }: Pick<Extract<CascadeRequest, { operation: 'Assign' }>, 'to' | 'businessUnit'>,
): NewOwner {
  const owner = to === null ? null : resolveAssignee(connection, model, to)
  if (businessUnit === undefined) return { owner, unit: null }
  return { owner, unit: resolveUnit(connection, model, businessUnit) }
}

/**
 * Finds a business unit that is given to records.
 * @throws INPUT_INVALID where records cannot belong to another one than their owner's, RECORD_NOT_FOUND
 */
export function resolveUnit(connection: Connection, model: CompiledModel, { id }: RecordRef): LookupValue & { row: RowNumber } {
  if (!readSettings(connection).settings.matrixOwnership) throw inputInvalid(storeText.unitFollowsOwner, { column: 'owningbusinessunit' })
  const table = model.table('businessunit')
  const row = getRow(connection, table, id)
  return { ...describeRow(connection, table, row), row }
}

/** Returns the business unit that records get; `undefined` where they keep theirs. */
export function unitAfter({ owner, unit }: NewOwner, settings: Settings): RowNumber | null | undefined {
  if (unit) return unit.row
  return owner && movesToOwnersUnit(settings) ? owner.businessUnit : undefined
}
