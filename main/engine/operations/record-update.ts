import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import type { PlatformErrorName } from '../contract/errors.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordInput } from '../contract/records.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { defaultStatusOf } from '../model/table-defaults.ts'
import type { Connection } from '../store/connection.ts'
import { isAbove, readStored, storedInput } from '../store/records.ts'
import { describeRow } from '../store/rows.ts'
import type { StoredRow, StoredValue } from '../store/values.ts'
import { checkCaseHierarchy } from './case-hierarchy.ts'
import { checkColumnLimits } from './column-limits.ts'

const LOOP_ERRORS: Record<string, PlatformErrorName> = { account: 'AccountLoopBeingCreated', contact: 'ContactLoopBeingCreated' }

/**
 * Returns the stored columns that an update of a user, or a merge, writes to a row.
 * @throws INPUT_INVALID for a column or value that does not fit, RECORD_NOT_FOUND for a lookup to a missing row, CASCADE_REFUSED
 * if the row would be below itself.
 */
export function recordUpdate(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  row: RowNumber,
  values: RecordInput,
): StoredRow {
  const name = table.definition.logicalName
  if ('ownerid' in values) throw inputInvalid(operationText.ownerIsAssigned, { table: name, column: 'ownerid' })
  checkColumnLimits(table, values)
  const stored = storedInput(connection, model, table, values)
  checkStatus(table, stored, () => readStored(connection, table, row)?.statecode)
  checkLoops(connection, model, table, row, stored)
  checkCaseHierarchy(connection, table, row, stored)
  return 'statecode' in stored ? withStatus(table, stored) : stored
}

/** Adds the default status reason of a state if none is given. */
export function withStatus(table: CompiledTable, stored: StoredRow): StoredRow {
  const statecode = (stored.statecode as number | null | undefined) ?? table.definition.activeState
  return { ...stored, statecode, statuscode: stored.statuscode ?? defaultStatusOf(table.definition, statecode) }
}

/**
 * Checks that a status reason belongs to its state, where the model says to which. `current` returns the state of a row that keeps it;
 * `null` for a new row, which gets the active one. @throws INPUT_INVALID with 0x80048408
 */
export function checkStatus(
  { definition, columns }: CompiledTable,
  stored: StoredRow,
  current: (() => StoredValue | undefined) | null,
): void {
  const reason = stored.statuscode
  if (typeof reason !== 'number') return
  const belongsTo = columns.get('statuscode')?.options.find(({ value }) => value === reason)?.state
  if (belongsTo === undefined) return
  const state = stored.statecode ?? (current === null ? definition.activeState : current())
  if (state === belongsTo || state === undefined) return
  throw new EngineError(
    'INPUT_INVALID',
    platform.statusOfAnotherState({ table: definition.logicalName, state: String(state), reason: String(reason), belongsTo }),
    {
      platform: 'InvalidStateCodeStatusCode',
      hint: operationText.otherValueHint,
      details: { table: definition.logicalName, column: 'statuscode', statecode: state, statuscode: reason },
    },
  )
}

/** Checks that a row will not be below itself. Source: dataverse reference, section 1.5. */
function checkLoops(connection: Connection, model: CompiledModel, table: CompiledTable, row: RowNumber, stored: StoredRow): void {
  const name = table.definition.logicalName
  for (const { attribute, referenced, referencing } of model.definition.relationships) {
    const parent = stored[attribute]
    if (referenced !== name || referencing !== name || attribute === 'masterid' || typeof parent !== 'number') continue
    if (isAbove(connection, table, attribute, parent, row))
      throw new EngineError(
        'CASCADE_REFUSED',
        operationText.parentalLoop({ table: name, id: describeRow(connection, table, row).id, column: attribute }),
        {
          platform: LOOP_ERRORS[name] ?? 'EntityLoopBeingCreated',
          hint: operationText.otherParentHint,
          details: { table: name, attribute },
        },
      )
  }
}
