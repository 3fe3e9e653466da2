import { type FieldInput, type FieldValue, isDamaged, type RecordInput, type RecordRow } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { isLookupValue } from '../../frame/cell-text.ts'
import { isEditable } from '../../frame/columns.ts'

export type Side = 'first' | 'second'
export type FieldChoices = Record<string, Side>

const otherSide = (side: Side): Side => (side === 'first' ? 'second' : 'first')

/** Writable columns that the platform's dialog hides. Source: dataverse reference, section 3.4. */
const HIDDEN: Record<string, string[]> = { account: ['parentaccountid'], contact: ['parentcustomerid'] }

export function mergeColumns(table: TableDefinition): ColumnDefinition[] {
  const hidden = HIDDEN[table.logicalName] ?? []
  return table.columns.filter(
    (column) => isEditable(table, column) && column.type !== 'State' && column.type !== 'Status' && !hidden.includes(column.logicalName),
  )
}

/** A damaged value cannot be written to another record, so it counts for none. */
const hasData = (value: FieldValue | undefined): boolean => value !== null && value !== undefined && value !== '' && !isDamaged(value)
const same = (a: FieldValue | undefined, b: FieldValue | undefined): boolean => {
  if (!hasData(a) && !hasData(b)) return true
  if (isLookupValue(a ?? null) && isLookupValue(b ?? null)) return (a as { id: string }).id === (b as { id: string }).id
  return JSON.stringify(a) === JSON.stringify(b)
}

export const isConflicting = (column: ColumnDefinition, first: RecordRow, second: RecordRow): boolean =>
  !same(first.values[column.logicalName], second.values[column.logicalName])

/** Implements "Select all fields with data": takes the other record's value if the primary has none. */
export function choicesWithData(columns: ColumnDefinition[], rows: Record<Side, RecordRow>, primary: Side): FieldChoices {
  const other = otherSide(primary)
  const gaps = columns.filter(({ logicalName }) => !hasData(rows[primary].values[logicalName]) && hasData(rows[other].values[logicalName]))
  return Object.fromEntries(gaps.map(({ logicalName }) => [logicalName, other]))
}

const asInput = (value: FieldValue | undefined): FieldInput => {
  if (value === undefined || isDamaged(value)) return null
  return isLookupValue(value) ? { table: value.table, id: value.id } : value
}

/** Returns the values to write to the primary: chosen values of the other record that differ. */
export function mergeContent(
  columns: ColumnDefinition[],
  rows: Record<Side, RecordRow>,
  primary: Side,
  choices: FieldChoices,
): RecordInput {
  const other = otherSide(primary)
  const taken = columns.filter(
    (column) => (choices[column.logicalName] ?? primary) === other && isConflicting(column, rows.first, rows.second),
  )
  return Object.fromEntries(taken.map(({ logicalName }) => [logicalName, asInput(rows[other].values[logicalName])]))
}
