import { existsSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { storeText } from '#text/english/store'
import type { CompiledModel } from '../model/compiled-model.ts'
import { SYSTEM_MODEL } from '../model/system-model.ts'
import { linkTable, ROW } from './columns.ts'
import { Connection, quoted } from './connection.ts'
import { damaged } from './file-failure.ts'
import { readModel } from './metadata.ts'
import { FORMAT_VERSION } from './migrations/index.ts'
import { readParts } from './model-sources.ts'
import { administratorOf } from './owners.ts'
import { readPlugins } from './plugins.ts'
import { storedColumns } from './schema.ts'
import { columnsOfTables, findSchemaProblem, readSchema } from './schema-check.ts'
import { unlessDamaged } from './store-error.ts'
import { contentInvalid, messageOf, unusable } from './unusable.ts'

/** Puts a connection in the state for files of unknown origin. Defensive mode is on by itself. */
export function distrust(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
}

/**
 * Checks a file before anything in it is used: its schema, then the model, plug-ins and counters in it. Changes nothing.
 * @throws ENVIRONMENT_UNUSABLE that names what the product did not write
 */
export function checkContents(path: string): void {
  if (existsSync(`${path}-journal`) && statSync(`${path}-journal`).size > 0)
    throw unusable(path, storeText.journalBeside, storeText.journalHint)
  const { db, close } = openToCheck(path)
  try {
    // Where the process was killed after a migration, the version in the file's first bytes is older than that in the log.
    const format = db.pragma('user_version', { simple: true }) as number
    if (format > FORMAT_VERSION)
      throw unusable(path, storeText.newerVersion({ version: format, known: FORMAT_VERSION }), storeText.newerVersionHint)
    const tables = checkSchema(db, path, format)
    checkSizes(db, path)
    const connection = new Connection(db)
    const model = readModel(connection)
    checkTables(connection, model, tables)
    checkCounters(connection, model, format)
    administratorOf(connection)
    if (format < FORMAT_VERSION) return
    readPlugins(connection)
    readParts(connection)
  } catch (error) {
    throw isBusy(error) ? unusable(path, messageOf(error), storeText.notWritableHint, error) : damaged(path, error)
  } finally {
    close()
  }
}

const isBusy = (error: unknown): boolean => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * Opens a file so that closing it leaves it as it was. The last connection that can write takes over the log into the file; where there is
 * one, the file is therefore opened for reading only, and what SQLite adds to do so is removed.
 */
function openToCheck(path: string): { db: Database.Database; close: () => void } {
  const hasLog = existsSync(`${path}-wal`)
  const hadIndex = existsSync(`${path}-shm`)
  try {
    const db = new Database(path, { fileMustExist: true, timeout: 0, readonly: hasLog })
    distrust(db)
    db.pragma('query_only = ON')
    return {
      db,
      close() {
        db.close()
        if (hasLog && !hadIndex) rmSync(`${path}-shm`, { force: true })
      },
    }
  } catch (error) {
    throw unusable(path, messageOf(error), storeText.mayReadHint, error)
  }
}

/** Returns the columns of the tables by their names. */
function checkSchema(db: Database.Database, path: string, format: number): Map<string, Set<string>> {
  const found = readSchema(db)
  if (!Array.isArray(found)) throw unusable(path, found, storeText.schemaHint)
  const problem = findSchemaProblem(found, format)
  if (problem) throw unusable(path, problem, storeText.schemaHint)
  return columnsOfTables(found)
}

/** Tables that are read as a whole. */
const READ_WHOLE = [
  '_setting',
  '_counter',
  '_table',
  '_column',
  '_relationship',
  '_many_to_many',
  '_plugin',
  '_plugin_file',
  '_step',
  '_model_source',
  '_cascade_edit',
]

/** Limits for such a table: several times the model of the largest platform. */
const MOST_ROWS = 2_000_000
const MOST_BYTES = 128 * 1_048_576

function checkSizes(db: Database.Database, path: string): void {
  for (const table of READ_WHOLE) {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(
      ({ name }) => `coalesce(octet_length(${quoted(name)}), 0)`,
    )
    if (columns.length === 0) continue
    const sql = `SELECT count(*) AS count, coalesce(sum(${columns.join(' + ')}), 0) AS bytes FROM ${table}`
    const { count, bytes } = db.prepare<[], { count: number; bytes: number }>(sql).get() ?? { count: 0, bytes: 0 }
    if (count > MOST_ROWS || bytes > MOST_BYTES) throw unusable(path, storeText.contentTooLarge({ name: table }), storeText.contentHint)
  }
}

/** Checks that the model's tables and columns are there, and that the model is whole. */
function checkTables(connection: Connection, model: CompiledModel, tables: Map<string, Set<string>>): void {
  for (const table of model.tables()) {
    const { logicalName, primaryId } = table.definition
    const present = tables.get(logicalName)
    for (const name of [primaryId, ...storedColumns(table).map((column) => column.name)])
      if (!present?.has(name)) throw contentInvalid(connection, '_column', 'logical_name', `${logicalName}.${name}`)
  }
  for (const { logicalName, primaryId, columns } of SYSTEM_MODEL.tables) {
    const found = model.findTable(logicalName)
    if (found?.definition.primaryId !== primaryId) throw contentInvalid(connection, '_table', 'logical_name', logicalName)
    const missing = columns.find((column) => !found.columns.has(column.logicalName))
    if (missing) throw contentInvalid(connection, '_column', 'logical_name', `${logicalName}.${missing.logicalName}`)
  }
  const { relationships, manyToMany } = model.definition
  for (const { referenced, referencing } of relationships)
    for (const [column, table] of Object.entries({ referenced, referencing }))
      if (!model.findTable(table)) throw contentInvalid(connection, '_relationship', column, table)
  for (const { intersectTable, firstTable, secondTable } of manyToMany) {
    if (!tables.has(linkTable(intersectTable))) throw contentInvalid(connection, '_many_to_many', 'intersect_table', intersectTable)
    for (const [column, table] of Object.entries({ first_table: firstTable, second_table: secondTable }))
      if (!model.findTable(table)) throw contentInvalid(connection, '_many_to_many', column, table)
  }
}

/** Counters stay far below what JavaScript holds exactly. */
const MOST_NUMBERS = Number.MAX_SAFE_INTEGER / 2

/** Checks that no counter would give a number that is taken, or one that is too large. */
function checkCounters(connection: Connection, model: CompiledModel, format: number): void {
  const rows = connection.statement<[], { name: string; value: number }>('SELECT name, value FROM _counter').all()
  const counters = new Map(rows.map(({ name, value }) => [name, value]))
  // A table with a damaged page hides no other table.
  const greatest = (table: string, column: string) =>
    unlessDamaged(
      () => connection.statement<[], { most: number | null }>(`SELECT max(${column}) AS most FROM ${quoted(table)}`).get()?.most ?? 0,
      () => 0,
    )
  const least = {
    next_row:
      1 +
      [...model.tables()].reduce(
        (most, { definition }) => Math.max(most, greatest(definition.logicalName, ROW)),
        greatest('_dangling_target', 'row'),
      ),
    next_item: 1 + greatest('_job_item', 'id'),
    model_version: 0,
    ...(format < 2 ? {} : { plugin_version: 0 }),
  }
  for (const [name, from] of Object.entries(least)) {
    const value = counters.get(name)
    if (!Number.isSafeInteger(value) || (value as number) < from || (value as number) > MOST_NUMBERS)
      throw contentInvalid(connection, '_counter', name, value)
  }
}
