import { inEnglish } from '#text/english'
import { storeText } from '#text/english/store'
import { anyOf, valueText } from '#text/english/values'
import type { Message } from '#text/message'
import { inputInvalid, lookupNotFound, shortened } from '../contract/errors.ts'
import type { LoadValue, RowNumber } from '../contract/loader.ts'
import type { DamagedValue, FieldInput, FieldValue, LookupValue, RecordRef } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { isLookup, keepsTarget, targetColumn } from './columns.ts'
import type { Connection } from './connection.ts'
import { guidToBytes } from './guid.ts'
import { findOwner, isOwnerInput } from './owners.ts'
import { type ReadValue, readerOfType } from './readable-value.ts'
import { describeRows, findRow, unknownRow } from './rows.ts'
import { shown } from './unusable.ts'

/** A value in SQLite. */
export type StoredValue = string | number | null
export type StoredRow = Record<string, StoredValue>

// ── In: from the edge ────────────────────────────────────────────────────────────────────────────

/**
 * Converts one column's input to stored columns (two if a lookup stores its target table).
 * @throws INPUT_INVALID if the value does not fit the column, RECORD_NOT_FOUND if a lookup's row does not exist.
 */
export function toStored(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  column: ColumnDefinition,
  input: FieldInput,
): StoredRow {
  if (!isLookup(column.type)) return { [column.logicalName]: plainValue(table, column, input) }
  if (input === null) return storedLookup(model, table, column, null)
  if (column.type === 'Owner') return { [column.logicalName]: ownerOf(connection, model, input).row }
  const reference = referenceOf(table, column, input)
  const target = model.table(reference.table)
  const row = findRow(connection, target, reference.id)
  if (row === undefined) throw lookupNotFound(reference.table, reference.id)
  return storedLookup(model, table, column, { table: reference.table, row })
}

/** The same for a bulk load, where lookups are row numbers already. */
export function toStoredLoad(model: CompiledModel, table: CompiledTable, column: ColumnDefinition, value: LoadValue): StoredRow {
  if (!isLookup(column.type)) return { [column.logicalName]: plainLoad(table, column, value) }
  if (value === null) return storedLookup(model, table, column, null)
  if (typeof value !== 'object' || Array.isArray(value)) throw doesNotFit(table, column, value, valueText.rowOfAnother)
  return storedLookup(model, table, column, value)
}

/** Converts a lookup to stored columns. @throws INPUT_INVALID if the lookup does not accept rows of that table */
export function storedLookup(
  model: CompiledModel,
  table: CompiledTable,
  column: ColumnDefinition,
  value: { table: string; row: RowNumber } | null,
): StoredRow {
  const name = column.logicalName
  const targets = table.targets.get(name)
  if (value && targets && !targets.includes(value.table))
    throw inputInvalid(
      storeText.lookupTakes({ column: `${table.definition.logicalName}.${name}`, targets: anyOf(targets), table: value.table }),
      {
        table: table.definition.logicalName,
        column: name,
        targets,
      },
    )
  if (!keepsTarget(table, column)) return { [name]: value?.row ?? null }
  return { [name]: value?.row ?? null, [targetColumn(name)]: value ? model.table(value.table).number : null }
}

function referenceOf(table: CompiledTable, column: ColumnDefinition, input: FieldInput): RecordRef {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    if (typeof input.table === 'string' && typeof input.id === 'string') return input
    throw doesNotFit(table, column, input, valueText.recordReference)
  }
  const targets = table.targets.get(column.logicalName) ?? []
  if (typeof input === 'string' && targets.length === 1) return { table: targets[0] as string, id: input }
  throw doesNotFit(table, column, input, valueText.recordReference)
}

function ownerOf(connection: Connection, model: CompiledModel, input: FieldInput) {
  const owner = isOwnerInput(input) ? findOwner(connection, model, input) : undefined
  if (!owner) throw inputInvalid(storeText.ownerUnknown({ owner: describeInput(input) }), { owner: input })
  return owner
}

function plainLoad(table: CompiledTable, column: ColumnDefinition, value: LoadValue): StoredValue {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) throw doesNotFit(table, column, value, valueText.plain)
  return column.type === 'DateTime' && typeof value === 'number' ? value : plainValue(table, column, value)
}

function plainValue(table: CompiledTable, column: ColumnDefinition, input: FieldInput): StoredValue {
  if (input === null) return null
  if (column.logicalName === table.definition.primaryId) {
    if (typeof input !== 'string') throw doesNotFit(table, column, input, valueText.text)
    return guidToBytes(input) as unknown as StoredValue
  }
  switch (column.type) {
    case 'Integer':
    case 'BigInt':
    case 'Choice':
    case 'State':
    case 'Status':
      if (typeof input !== 'number' || !Number.isSafeInteger(input)) throw doesNotFit(table, column, input, valueText.wholeNumber)
      return input
    case 'Decimal':
    case 'Double':
    case 'Money':
      if (typeof input !== 'number' || !Number.isFinite(input)) throw doesNotFit(table, column, input, valueText.number)
      return input
    case 'Boolean':
      if (typeof input !== 'boolean') throw doesNotFit(table, column, input, valueText.trueOrFalse)
      return Number(input)
    case 'DateTime': {
      const time = typeof input === 'string' ? parseTime(input) : Number.NaN
      if (Number.isNaN(time)) throw doesNotFit(table, column, input, valueText.date({ example: '2026-01-31T12:00:00Z' }))
      return time
    }
    case 'MultiChoice':
      if (!Array.isArray(input) || !input.every(Number.isSafeInteger)) throw doesNotFit(table, column, input, valueText.wholeNumbers)
      return JSON.stringify(input)
    default:
      if (typeof input === 'object') throw doesNotFit(table, column, input, valueText.text)
      return String(input)
  }
}

/** Parses a date to milliseconds, as UTC if it has no zone. Returns NaN for other text. */
const parseTime = (text: string): number => Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text)

const describeInput = (input: unknown): string => (typeof input === 'string' ? `"${shortened(input)}"` : shortened(JSON.stringify(input)))

const doesNotFit = (table: CompiledTable, column: ColumnDefinition, input: unknown, expected: Message) =>
  inputInvalid(
    storeText.valueDoesNotFit({
      value: describeInput(input),
      column: `${table.definition.logicalName}.${column.logicalName}`,
      type: column.type,
      expected,
    }),
    {
      table: table.definition.logicalName,
      column: column.logicalName,
      value: typeof input === 'string' ? shortened(input) : input,
      expected: inEnglish(expected),
    },
  )

// ── Out: to the edge ─────────────────────────────────────────────────────────────────────────────

/** Returns the tables that a stored lookup may point to; only one if it is known, none if its table does not exist. */
function tablesOf(model: CompiledModel, table: CompiledTable, column: ColumnDefinition, stored: StoredRow): CompiledTable[] {
  if (keepsTarget(table, column)) {
    const number = stored[targetColumn(column.logicalName)]
    const target = typeof number === 'number' ? model.findTableByNumber(number) : undefined
    return target ? [target] : []
  }
  return (table.targets.get(column.logicalName) ?? []).map((target) => model.table(target))
}

/**
 * Converts many stored rows of one table to values, and describes lookups with one query for each table they point to. A value that its
 * column cannot have is marked and hides no other.
 */
export function toValues(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  columns: ColumnDefinition[],
  rows: StoredRow[],
): Record<string, FieldValue>[] {
  const wanted = new Map<CompiledTable, Set<RowNumber>>()
  const lookups = columns.filter(({ type }) => isLookup(type))
  for (const stored of rows)
    for (const column of lookups) {
      const row = stored[column.logicalName]
      if (typeof row !== 'number') continue
      for (const target of tablesOf(model, table, column, stored)) {
        const known = wanted.get(target)
        if (known) known.add(row)
        else wanted.set(target, new Set([row]))
      }
    }
  const described = new Map([...wanted].map(([target, numbers]) => [target, describeRows(connection, target, numbers)]))
  const lookupOf = (column: ColumnDefinition, stored: StoredRow): LookupValue | DamagedValue | null => {
    const row = stored[column.logicalName]
    if (row === null || row === undefined) return null
    if (typeof row !== 'number') return { damaged: shown(row) }
    const targets = tablesOf(model, table, column, stored)
    for (const target of targets) {
      const found = described.get(target)?.get(row)
      if (found) return found
    }
    return targets[0] ? unknownRow(targets[0]) : { damaged: shown(row) }
  }
  const readers = new Map(columns.map((column) => [column, readerOfType(column.type)]))
  const plainOf = (column: ColumnDefinition, stored: StoredRow): FieldValue => {
    const value = stored[column.logicalName] ?? null
    return value === null ? null : (readers.get(column) as ReadValue)(value)
  }
  return rows.map((stored) =>
    Object.fromEntries(
      columns.map((column) => [column.logicalName, isLookup(column.type) ? lookupOf(column, stored) : plainOf(column, stored)]),
    ),
  )
}
