import { type FieldValue, isDamaged } from '#engine/contract/records'
import { type Aliases, type Cell, isRecordKey } from '../cells.ts'

/** Returns whether a column's value equals the file's. */
export function sameValue(cell: Cell, value: FieldValue, aliases: Aliases): boolean {
  if (!isRecordKey(cell)) return JSON.stringify(cell) === JSON.stringify(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isDamaged(value)) return false
  return value.table === cell.table && value.id === aliases.idOf(cell)
}
