import { storeText } from '#text/english/store'
import type { EntityCondition } from '../contract/entity-query.ts'
import { columnUnknown, inputInvalid, recordDamaged } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldInput, RecordInput } from '../contract/records.ts'
import { isDamaged } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { CallerRights } from './caller-rights.ts'
import { isLookup, isReadable, ROW, targetColumn } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import { conditionsToSql, numberColumn, type Sql, type Subject } from './entity-conditions.ts'
import { bytesToGuid } from './guid.ts'
import { identify, identifyOwner } from './identities.ts'
import { findOwner, isOwnerInput } from './owners.ts'
import { readerOfType } from './readable-value.ts'
import { RecentMap } from './recent-map.ts'
import { accessCondition } from './record-access.ts'
import type { StoredRow, StoredValue } from './values.ts'

/**
 * A row as plug-ins see it, with `id` beside the table's own key: a lookup to one table is a GUID, a polymorphic one `{ table, id }`, the owner a user or
 * team as `{ table, id }`, a date an ISO string. Source: plug-in contract, "Values".
 */
export type EntityRow = RecordInput

/** The named columns, or all. */
export type ColumnSet = readonly string[] | true

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
  where: readonly EntityCondition[]
  columns: ColumnSet
  orderBy: { column: string; descending: boolean }[]
  offset: number
  limit: number
}

/** Rows of a query, and whether there are more after them. */
export interface EntityPage {
  rows: EntityRow[]
  hasMore: boolean
}

/**
 * Returns the matching rows that somebody may read, from `offset` on. Queries that differ only in their values, or in the order of columns and conditions, share
 * one statement.
 * @throws INPUT_INVALID for an unknown column, a value that does not fit, or rows that are too much text for one answer
 */
export function findEntityRows(subject: ReadSubject, { where, columns, orderBy, offset, limit }: EntityQuery): EntityPage {
  const { connection, model, table } = subject
  const reader = readerOf(model, table, columns)
  const conditions = readable(subject, where)
  const directions = new Map<string, string>()
  for (const { column, descending } of orderBy) {
    if (!isReadable(table, column)) throw columnUnknown(table.definition.logicalName, column)
    if (!directions.has(column)) directions.set(column, `${quoted(column)}${descending ? ' DESC' : ''}`)
  }
  const sql = `${reader.select} WHERE ${conditions.sql} ORDER BY ${[...directions.values(), ROW].join(', ')} LIMIT ? OFFSET ?`
  const found = rowsWithin(connection.statement<StoredValue[], StoredRow>(sql).iterate(...conditions.values, limit + 1, offset), limit)
  return { rows: found.rows.map((stored) => reader.read(connection, stored)), hasMore: found.hasMore }
}

/** Returns how many rows match. @throws INPUT_INVALID as findEntityRows */
export function countEntityRows(subject: ReadSubject, where: readonly EntityCondition[]): number {
  const conditions = readable(subject, where)
  const sql = `SELECT count(*) AS result FROM ${quoted(subject.table.definition.logicalName)} WHERE ${conditions.sql}`
  return subject.connection.statement<StoredValue[], { result: number }>(sql).get(...conditions.values)?.result ?? 0
}

/**
 * Returns the sum of a column over the rows that match, 0 where none has a value.
 * @throws INPUT_INVALID as findEntityRows, and for a column that holds no numbers
 */
export function sumEntityRows(subject: ReadSubject, where: readonly EntityCondition[], column: string): number {
  numberColumn(subject, column)
  const conditions = readable(subject, where)
  const sql = `SELECT total(${quoted(column)}) AS result FROM ${quoted(subject.table.definition.logicalName)} WHERE ${conditions.sql}`
  return subject.connection.statement<StoredValue[], { result: number }>(sql).get(...conditions.values)?.result ?? 0
}

/** Whose rights decide what can be found. */
export interface ReadSubject extends Subject {
  rights: CallerRights
}

/** Returns the conditions together with the one that the rows may be read. */
function readable(subject: ReadSubject, where: readonly EntityCondition[]): Sql {
  const { sql, values } = conditionsToSql(subject, where)
  const allowed = accessCondition(subject.rights, subject.table, 'Read', quoted(subject.table.definition.logicalName))
  return allowed ? { sql: `${sql} AND ${allowed.sql}`, values: [...values, ...allowed.parameters] } : { sql, values }
}

/** Collects rows up to a limit. @throws INPUT_INVALID if their texts are too long for one answer */
function rowsWithin(stored: Iterable<StoredRow>, limit: number): { rows: StoredRow[]; hasMore: boolean } {
  const rows: StoredRow[] = []
  let characters = 0
  for (const row of stored) {
    if (rows.length === limit) return { rows, hasMore: true }
    for (const value of Object.values(row)) if (typeof value === 'string') characters += value.length
    if (characters > MOST_CHARACTERS) throw inputInvalid(storeText.answerTooLong({ millions: MOST_CHARACTERS / 1_000_000 }))
    rows.push(row)
  }
  return { rows, hasMore: false }
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
  const names = columns === true ? all.filter((name) => isReadable(table, name)) : [...new Set([definition.primaryId, ...columns])]
  const hasId = table.columns.has('id')
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
      if (!hasId) row.id = row[definition.primaryId] as string
      return row
    },
  }
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
