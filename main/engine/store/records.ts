import { storeText } from '#text/english/store'
import { columnUnknown, EngineError, inputInvalid } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldInput, RecordFilter, RecordPage, RecordQuery, RecordRef, RecordRow } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { CallerRights } from './caller-rights.ts'
import { isLookup, isStored, ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import { bytesToGuid, guidToBytes } from './guid.ts'
import { isPrincipalTable } from './new-principals.ts'
import { accessCondition } from './record-access.ts'
import { getRow, takeRows } from './rows.ts'
import { readTable, unlessDamaged } from './store-error.ts'
import type { StoredRow, StoredValue } from './values.ts'
import { toStored, toValues } from './values.ts'

/** Filtered searches count up to this number and then report "at least". */
const COUNT_LIMIT = 100_000

/** Characters of a text that is searched for: SQLite takes patterns of 50,000 bytes. */
const LONGEST_SEARCH = 10_000

const MOST_FILTERS = 100

const GUID_ALIAS = '_guid'

const readableColumns = (table: CompiledTable): ColumnDefinition[] =>
  [...table.columns.values()].filter((column) => isStored(column, table.definition))

function toRows(connection: Connection, model: CompiledModel, table: CompiledTable, stored: StoredRow[]): RecordRow[] {
  const values = toValues(connection, model, table, readableColumns(table), stored)
  return stored.map((row, index) => ({
    table: table.definition.logicalName,
    id: bytesToGuid(row[GUID_ALIAS] as unknown as Buffer),
    values: values[index] ?? {},
  }))
}

const selectFrom = (table: CompiledTable): string =>
  `SELECT *, ${quoted(table.definition.primaryId)} AS ${GUID_ALIAS} FROM ${quoted(table.definition.logicalName)}`

/** @throws RECORD_NOT_FOUND, ENVIRONMENT_UNUSABLE that names the table if a page of it is damaged */
export function getRecord(connection: Connection, model: CompiledModel, { table: name, id }: RecordRef): RecordRow {
  const table = model.table(name)
  return readTable(connection.db.name, name, () => {
    const row = getRow(connection, table, id)
    const stored = connection.statement<[number], StoredRow>(`${selectFrom(table)} WHERE ${ROW} = ?`).all(row)
    return toRows(connection, model, table, stored)[0] as RecordRow
  })
}

/** Counts the rows that somebody may read. @throws ENVIRONMENT_UNUSABLE that names the table if a page of it is damaged */
export function countRecords(connection: Connection, table: CompiledTable, rights: CallerRights): number {
  const { logicalName } = table.definition
  const readable = accessCondition(rights, table, 'Read', quoted(logicalName))
  return readTable(connection.db.name, logicalName, () => {
    if (readable === null) return countRows(connection, logicalName)
    const sql = `SELECT count(*) AS count FROM ${quoted(logicalName)} WHERE ${readable.sql}`
    return connection.statement<string[], { count: number }>(sql).get(...readable.parameters)?.count ?? 0
  })
}

const countRows = (connection: Connection, logicalName: string): number =>
  connection.statement<[], { count: number }>(`SELECT count(*) AS count FROM ${quoted(logicalName)}`).get()?.count ?? 0

/**
 * Returns a page of those rows of a table that somebody may read. Finds the row numbers first and reads the rows afterwards, so that a late
 * page reads little.
 * @throws INPUT_INVALID for an unknown column, a value that does not fit it, a page over 1,000 rows, or a search that is too long.
 */
export function findRecords(connection: Connection, model: CompiledModel, query: RecordQuery, rights: CallerRights): RecordPage {
  const table = model.table(query.table)
  if (!(query.limit >= 1 && query.limit <= 1_000 && query.offset >= 0)) throw inputInvalid(storeText.pageOfRows, { ...query })
  if ((query.filters?.length ?? 0) > MOST_FILTERS) throw inputInvalid(storeText.tooManyFilters({ most: MOST_FILTERS }))
  const { sql: where, parameters } = conditionsOf(connection, model, table, query, rights)
  const from = `FROM ${quoted(table.definition.logicalName)}${where}`
  const order = query.sort
    ? `${sortColumn(model, table, query.sort.column)} ${query.sort.direction === 'descending' ? 'DESC' : 'ASC'}, ${ROW}`
    : ROW
  const sql = `${selectFrom(table)} WHERE ${ROW} IN (SELECT ${ROW} ${from} ORDER BY ${order} LIMIT ? OFFSET ?) ORDER BY ${order}`
  const rows = readTable(connection.db.name, query.table, () => {
    const stored = connection.statement<StoredValue[], StoredRow>(sql).all(...parameters, query.limit, query.offset)
    return toRows(connection, model, table, stored)
  })
  const total = unlessDamaged(
    () => (where === '' ? countRows(connection, query.table) : countMatches(connection, from, parameters)),
    () => undefined,
  )
  // A damaged page further on hides no rows before it, and nobody knows how many are after it.
  return total === undefined
    ? { rows, total: query.offset + rows.length, exact: false }
    : { rows, total, exact: where === '' || total < COUNT_LIMIT }
}

function countMatches(connection: Connection, from: string, parameters: StoredValue[]): number {
  const count = connection.statement<StoredValue[], { count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 ${from} LIMIT ${COUNT_LIMIT})`,
  )
  return count.get(...parameters)?.count ?? 0
}

function sortColumn(model: CompiledModel, table: CompiledTable, name: string): string {
  const column = storedColumn(model, table, name)
  return column.type === 'String' || column.type === 'Memo' ? `${quoted(name)} COLLATE NOCASE` : quoted(name)
}

/** Returns a column that can be compared and sorted by. @throws INPUT_INVALID for an unknown one, and for one that is derived */
function storedColumn(model: CompiledModel, table: CompiledTable, name: string): ColumnDefinition {
  const column = model.column(table, name)
  if (name !== table.definition.primaryId && !isStored(column, table.definition)) throw columnUnknown(table.definition.logicalName, name)
  return column
}

/** Returns the condition that selects the rows which match all filters; an empty text for all rows. @throws INPUT_INVALID, RECORD_NOT_FOUND */
export function matching(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  filters: readonly RecordFilter[],
): { sql: string; parameters: StoredValue[] } {
  const parts = filters.map((filter) => filterCondition(connection, model, table, filter))
  return { sql: parts.map(({ sql }) => sql).join(' AND '), parameters: parts.flatMap(({ parameters }) => parameters) }
}

function conditionsOf(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  query: RecordQuery,
  rights: CallerRights,
): { sql: string; parameters: StoredValue[] } {
  const parts: { sql: string; parameters: StoredValue[] }[] = []
  const readable = accessCondition(rights, table, 'Read', quoted(table.definition.logicalName))
  if (readable) parts.push(readable)
  if (query.search) parts.push(searchCondition(table, query.search))
  for (const filter of query.filters ?? []) parts.push(filterCondition(connection, model, table, filter))
  return {
    sql: parts.length > 0 ? ` WHERE ${parts.map(({ sql }) => sql).join(' AND ')}` : '',
    parameters: parts.flatMap(({ parameters }) => parameters),
  }
}

function searchCondition(table: CompiledTable, search: string): { sql: string; parameters: StoredValue[] } {
  const { primaryId, primaryName } = table.definition
  const byName = primaryName ? `${quoted(primaryName)} LIKE ? ESCAPE '\\'` : '0'
  const parameters: StoredValue[] = primaryName ? [likePattern(search, true)] : []
  try {
    return { sql: `(${byName} OR ${quoted(primaryId)} = ?)`, parameters: [...parameters, guidToBytes(search) as unknown as string] }
  } catch {
    return { sql: `(${byName})`, parameters }
  }
}

function likePattern(text: string, anywhere: boolean): string {
  if (text.length > LONGEST_SEARCH) throw inputInvalid(storeText.searchTooLong({ most: LONGEST_SEARCH }))
  return `${anywhere ? '%' : ''}${text.replace(/[\\%_]/g, '\\$&')}%`
}

function filterCondition(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  filter: RecordFilter,
): { sql: string; parameters: StoredValue[] } {
  const column = storedColumn(model, table, filter.column)
  const name = quoted(filter.column)
  const { operator, value = null } = filter
  if (operator === 'isNull' || operator === 'isNotNull')
    return { sql: `${name} ${operator === 'isNull' ? 'IS' : 'IS NOT'} NULL`, parameters: [] }
  if (operator === 'contains' || operator === 'beginsWith')
    return textCondition(model, table, column, String(value ?? ''), operator === 'contains')
  const stored = toStored(connection, model, table, column, value)[filter.column] ?? null
  const comparison = { equals: 'IS', notEquals: 'IS NOT', greaterThan: '>', lessThan: '<' }[operator]
  return { sql: `${name} ${comparison} ?${column.type === 'String' ? ' COLLATE NOCASE' : ''}`, parameters: [stored] }
}

/** Returns the condition for text in a column; for a lookup it searches the names of the rows that it points to. */
function textCondition(
  model: CompiledModel,
  table: CompiledTable,
  column: ColumnDefinition,
  text: string,
  anywhere: boolean,
): { sql: string; parameters: StoredValue[] } {
  const pattern = likePattern(text, anywhere)
  if (!isLookup(column.type)) return { sql: `CAST(${quoted(column.logicalName)} AS TEXT) LIKE ? ESCAPE '\\'`, parameters: [pattern] }
  const named = (table.targets.get(column.logicalName) ?? [])
    .map((target) => model.table(target).definition)
    .filter(({ primaryName }) => primaryName)
  const rows = named.map(
    ({ logicalName, primaryName }) => `SELECT ${ROW} FROM ${quoted(logicalName)} WHERE ${quoted(primaryName as string)} LIKE ? ESCAPE '\\'`,
  )
  if (rows.length === 0) return { sql: '0', parameters: [] }
  return { sql: `${quoted(column.logicalName)} IN (${rows.join(' UNION ALL ')})`, parameters: rows.map(() => pattern) }
}

// ── Writing one record ───────────────────────────────────────────────────────────────────────────

/** Columns that callers cannot set. */
const READ_ONLY = new Set([
  'createdon',
  'createdby',
  'modifiedon',
  'modifiedby',
  'owningbusinessunit',
  'owninguser',
  'owningteam',
  'merged',
  'masterid',
])

/** Returns whether callers cannot set a column of this name, in any table. */
export const isKeptByPlatform = (column: string): boolean => READ_ONLY.has(column)

/** Converts input to stored columns. @throws INPUT_INVALID for an unknown or read-only column or a value that does not fit */
export function storedInput(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  values: Record<string, FieldInput>,
): StoredRow {
  const stored: StoredRow = {}
  for (const [name, value] of Object.entries(values)) {
    const column = model.column(table, name)
    if (isKeptByPlatform(name) || name === table.definition.primaryId)
      throw inputInvalid(storeText.keptByPlatform({ column: `${table.definition.logicalName}.${name}` }), {
        table: table.definition.logicalName,
        column: name,
      })
    Object.assign(
      stored,
      named(name, () => toStored(connection, model, table, column, value)),
    )
  }
  return stored
}

/** Adds the column to an error that a value of it causes, as a lookup to a row that does not exist. */
function named<T>(column: string, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (error instanceof EngineError) error.details.column ??= column
    throw error
  }
}

export function insertRecord(connection: Connection, table: CompiledTable, guid: string, stored: StoredRow): RowNumber {
  const row = takeRows(connection, 1)
  const names = Object.keys(stored).sort()
  const columns = [ROW, table.definition.primaryId, ...names].map(quoted)
  connection
    .statement<StoredValue[]>(
      `INSERT INTO ${quoted(table.definition.logicalName)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    .run(row, guidToBytes(guid) as unknown as string, ...names.map((name) => stored[name] ?? null))
  return row
}

/** Updates a row. Returns whether it exists. */
export function updateStored(connection: Connection, table: CompiledTable, row: RowNumber, stored: StoredRow): boolean {
  const names = Object.keys(stored).sort()
  const { changes } = connection
    .statement<StoredValue[]>(
      `UPDATE ${quoted(table.definition.logicalName)} SET ${names.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE ${ROW} = ?`,
    )
    .run(...names.map((name) => stored[name] ?? null), row)
  if (isPrincipalTable(table)) connection.securityChanged()
  return changes > 0
}

/** Returns some stored columns of one row, or `undefined` if the row does not exist. */
export function readStored(connection: Connection, table: CompiledTable, row: RowNumber): StoredRow | undefined {
  return connection.statement<[number], StoredRow>(`SELECT * FROM ${quoted(table.definition.logicalName)} WHERE ${ROW} = ?`).get(row)
}

/** Returns whether somebody owns any row of a table. */
export const ownsRows = (connection: Connection, { definition }: CompiledTable, owner: RowNumber): boolean =>
  connection.statement<[number]>(`SELECT 1 FROM ${quoted(definition.logicalName)} WHERE ownerid = ? LIMIT 1`).get(owner) !== undefined

/** Returns whether `ancestor` is reached from `start` by following one self-referencing lookup any number of times. */
export function isAbove(connection: Connection, table: CompiledTable, attribute: string, start: RowNumber, ancestor: RowNumber): boolean {
  const name = quoted(table.definition.logicalName)
  const found = connection.statement<{ start: number; ancestor: number }>(`
    WITH RECURSIVE up (row) AS (VALUES (:start) UNION SELECT t.${quoted(attribute)} FROM up JOIN ${name} t ON t.${ROW} = up.row WHERE t.${quoted(attribute)} IS NOT NULL)
    SELECT 1 FROM up WHERE row = :ancestor`)
  return found.get({ start, ancestor }) !== undefined
}

/** Returns many stored rows by row number. */
export function readStoredRows(connection: Connection, table: CompiledTable, rows: RowNumber[]): Map<RowNumber, StoredRow> {
  const found = connection
    .statement<[string], StoredRow>(
      `SELECT * FROM ${quoted(table.definition.logicalName)} WHERE ${ROW} IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(rows))
  return new Map(found.map((stored) => [stored[ROW] as number, stored]))
}
