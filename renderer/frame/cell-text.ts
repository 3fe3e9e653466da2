import { type FieldValue, isDamaged, type LookupValue } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import type { Words } from '../text/words.ts'
import { shortId } from '../ui/format.ts'
import { frameText } from './texts.ts'

export const isLookupValue = (value: FieldValue | undefined): value is LookupValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isDamaged(value)

/** Formats a value; empty text for no value. */
export function cellText(
  { say, date, decimal, money }: Words,
  column: ColumnDefinition | undefined,
  value: FieldValue | undefined,
): string {
  if (value === null || value === undefined) return ''
  if (isDamaged(value)) return say(frameText.damaged({ value: value.damaged }))
  if (isLookupValue(value)) return value.name ?? `${value.table} ${shortId(value.id)}`
  const labelOf = (choice: number): string => column?.options.find((option) => option.value === choice)?.label ?? String(choice)
  if (Array.isArray(value)) return value.map(labelOf).join('; ')
  if (typeof value === 'boolean')
    return column?.options.find((option) => option.value === Number(value))?.label ?? say(value ? frameText.yes : frameText.no)
  if (typeof value === 'number') {
    if (column !== undefined && column.options.length > 0) return labelOf(value)
    return column?.type === 'Money' ? money(value) : decimal(value)
  }
  if (column?.type === 'DateTime') return date(value)
  return column?.type === 'Uniqueidentifier' ? shortId(value) : value
}

/** Returns a row's name, or its short id if it has none. */
export function rowName(table: TableDefinition | undefined, row: { id: string; values: Record<string, FieldValue> }): string {
  const name = table?.primaryName == null ? null : row.values[table.primaryName]
  return typeof name === 'string' && name !== '' ? name : shortId(row.id)
}
