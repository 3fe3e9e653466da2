import { storeText } from '#text/english/store'
import { columnUnknown, inputInvalid, recordDamaged } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldInput, RecordInput } from '../contract/records.ts'
import { isDamaged } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { isLookup, isStored, ROW, targetColumn } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import { bytesToGuid } from './guid.ts'
import { identify, identifyOwner } from './identities.ts'
import { findOwner, isOwnerInput } from './owners.ts'
import { readerOfType } from './readable-value.ts'
import { RecentMap } from './recent-map.ts'
import type { StoredRow, StoredValue } from './values.ts'
import { toStored } from './values.ts'

/**
 * A row as plug-ins see it: a lookup to one table is a GUID, a polymorphic one `{ table, id }`, the owner a user or
 * team as `{ table, id }`, a date an ISO string. Source: plug-in contract, "Values".
 */
export type EntityRow = RecordInput

/** The named columns, or all. */
export type ColumnSet = readonly string[] | true

/** Limit of rows for a query without one: the size of a page on the platform. */
const MOST_ROWS = 5_000

/** Characters of text that one answer may hold: as many as a step may hand over at once. */
const MOST_CHARACTERS = 16_000_000

/** Returns columns of one row, or `undefined` if the row does not exist. */
export function findEntityRow(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  row: RowNumber,
  columns: ColumnSet,
): EntityRow | undefined {
  const reader = readerOf(model, table, columns)
  const stored = connection.statement<[number], StoredRow>(`${reader.select} WHERE ${ROW} = ?`).get(row)
  return stored && reader.read(connection, stored)
}

export interface EntityQuery {
  where: RecordInput
  columns: ColumnSet
  orderBy: { column: string; descending: boolean }[]
  top: number | undefined
}

/**
 * Returns the matching rows. Queries that differ only in their values, or in the order of columns and conditions, share one statement.
 * @throws INPUT_INVALID for an unknown column, a value that does not fit, or rows that are too much text for one answer
 */
export function findEntityRows(connection: Connection, model: CompiledModel, table: CompiledTable, query: EntityQuery): EntityRow[] {
  const reader = readerOf(model, table, query.columns)
  const compared: StoredRow = {}
  for (const [name, value] of Object.entries(query.where)) Object.assign(compared, toComparable(connection, model, table, name, value))
  const conditions = Object.keys(compared).sort()
  const where = conditions.length > 0 ? ` WHERE ${conditions.map((column) => `${quoted(column)} IS ?`).join(' AND ')}` : ''
  const directions = new Map<string, string>()
  for (const { column, descending } of query.orderBy) {
    if (!isReadable(table, column)) throw columnUnknown(table.definition.logicalName, column)
    if (!directions.has(column)) directions.set(column, `${quoted(column)}${descending ? ' DESC' : ''}`)
  }
  const sql = `${reader.select}${where} ORDER BY ${[...directions.values(), ROW].join(', ')} LIMIT ?`
  const limit = Math.min(query.top ?? MOST_ROWS, MOST_ROWS)
  const values = conditions.map((column) => compared[column] ?? null)
  return rowsWithin(connection.statement<StoredValue[], StoredRow>(sql).iterate(...values, limit)).map((stored) =>
    reader.read(connection, stored),
  )
}

/** Collects rows until their texts are too long for one answer. @throws INPUT_INVALID then */
function rowsWithin(rows: Iterable<StoredRow>): StoredRow[] {
  const found: StoredRow[] = []
  let characters = 0
  for (const row of rows) {
    for (const value of Object.values(row)) if (typeof value === 'string') characters += value.length
    if (characters > MOST_CHARACTERS) throw inputInvalid(storeText.answerTooLong({ millions: MOST_CHARACTERS / 1_000_000 }))
    found.push(row)
  }
  return found
}

/** Converts a value for comparison. A lookup to a missing row matches nothing, which is not an error. */
function toComparable(connection: Connection, model: CompiledModel, table: CompiledTable, name: string, value: FieldInput): StoredRow {
  const column = model.column(table, name)
  if (!isReadable(table, name)) throw columnUnknown(table.definition.logicalName, name)
  try {
    return toStored(connection, model, table, column, value)
  } catch (error) {
    if (isLookup(column.type) && error instanceof Error && 'code' in error && error.code === 'RECORD_NOT_FOUND') return { [name]: -1 }
    throw error
  }
}

/** Converts input to the form that plug-ins see: owners, lookups and dates. */
export function toEntityInput(connection: Connection, model: CompiledModel, table: CompiledTable, values: RecordInput): EntityRow {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const column = table.columns.get(name)
      return [name, column && value !== null ? toEntityValue(connection, model, table, column, value) : value]
    }),
  )
}

function toEntityValue(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  column: ColumnDefinition,
  value: FieldInput,
): FieldInput {
  if (column.type === 'Owner' && isOwnerInput(value)) {
    const owner = findOwner(connection, model, value)
    return owner ? { table: owner.table, id: owner.id } : value
  }
  if (isLookup(column.type) && typeof value === 'object' && value !== null && !Array.isArray(value))
    return (table.targets.get(column.logicalName) ?? []).length > 1
      ? { table: value.table, id: value.id.toLowerCase() }
      : value.id.toLowerCase()
  if (column.type === 'DateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value)))
    return new Date(/T[\d:.]+$/.test(value) ? `${value}Z` : value).toISOString()
  return value
}

interface Reader {
  select: string
  read(connection: Connection, stored: StoredRow): EntityRow
}

/** Characters of column names of the readers that are kept for one table. */
const READER_CHARACTERS = 100_000

/** Readers by table. A model that was read again has new tables and therefore new readers. */
const readers = new WeakMap<CompiledTable, RecentMap<string, Reader>>()

function readerOf(model: CompiledModel, table: CompiledTable, columns: ColumnSet): Reader {
  const known = readers.get(table) ?? new RecentMap<string, Reader>(READER_CHARACTERS, (columns) => columns.length)
  readers.set(table, known)
  const key = columns === true ? '*' : columns.join(' ')
  const found = known.get(key)
  if (found) return found
  const reader = makeReader(model, table, columns)
  known.set(key, reader)
  return reader
}

function makeReader(model: CompiledModel, table: CompiledTable, columns: ColumnSet): Reader {
  const { definition } = table
  const all = [definition.primaryId, ...[...table.columns.keys()].filter((name) => name !== definition.primaryId)]
  const names = columns === true ? all.filter((name) => isReadable(table, name)) : [...new Set(columns)]
  const parts = names.map((name) => {
    if (!isReadable(table, name)) throw columnUnknown(definition.logicalName, name)
    return { name, read: valueReader(model, table, name), target: targetOf(table, name) }
  })
  const selected = [ROW, ...parts.flatMap(({ name, target }) => (target ? [name, target] : [name])).sort()].map(quoted)
  return {
    select: `SELECT ${selected.join(', ')} FROM ${quoted(definition.logicalName)}`,
    read(connection, stored) {
      const row: EntityRow = {}
      for (const { name, read, target } of parts) {
        const value = stored[name]
        row[name] = value === null || value === undefined ? null : read(connection, value, target ? stored[target] : null)
      }
      return row
    },
  }
}

const isReadable = (table: CompiledTable, name: string): boolean => {
  const column = table.columns.get(name)
  return name === table.definition.primaryId || (column !== undefined && isStored(column, table.definition))
}

/** Returns the column beside a polymorphic lookup that holds its target table, or null. */
function targetOf(table: CompiledTable, name: string): string | null {
  const column = table.columns.get(name)
  return column && isLookup(column.type) && name !== 'ownerid' && table.targets.get(name)?.length !== 1 ? targetColumn(name) : null
}

type ValueReader = (connection: Connection, value: StoredValue | Buffer, target: StoredValue | undefined) => FieldInput

function valueReader(model: CompiledModel, table: CompiledTable, name: string): ValueReader {
  const type = table.columns.get(name)?.type
  if (name === table.definition.primaryId) return (_connection, value) => bytesToGuid(value as unknown as Buffer)
  if (type === 'Owner') return (connection, value) => identifyOwner(connection, model, value as number)
  if (type && isLookup(type)) {
    const targets = (table.targets.get(name) ?? []).map((target) => model.table(target))
    if (targets.length === 1) return (connection, value) => identify(connection, targets, value as number).id
    return (connection, value, target) => {
      const known = typeof target === 'number' ? model.findTableByNumber(target) : undefined
      const record = identify(connection, known ? [known] : targets, value as number)
      return { table: record.table, id: record.id }
    }
  }
  const read = readerOfType(type ?? 'String')
  return (_connection, value) => {
    const plain = read(value)
    if (isDamaged(plain)) throw recordDamaged(`${table.definition.logicalName}.${name}`, plain.damaged)
    return plain
  }
}
