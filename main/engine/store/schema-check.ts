import Database from 'better-sqlite3'
import { storeText } from '#text/english/store'
import type { Message } from '#text/message'
import { ROW } from './columns.ts'
import { MIGRATIONS } from './migrations/index.ts'

/** One object of a schema, as `sqlite_schema` lists it. */
export interface SchemaObject {
  type: string
  name: string
  tbl_name: string
  rootpage: number | null
  sql: string | null
}

/** Limits for a schema: several times what the largest model needs. */
const MOST_OBJECTS = 250_000
const MOST_BYTES = 64 * 1_048_576

/** Longer than any of the product's own statements, so that a hostile one is not parsed. */
const LONGEST_OWN = 20_000

/** Returns the objects of a schema. Returns a problem instead if there are more than any model needs. */
export function readSchema(db: Database.Database): SchemaObject[] | Message {
  const { count, bytes } = db
    .prepare<[], { count: number; bytes: number }>(
      'SELECT count(*) AS count, coalesce(sum(octet_length(sql)), 0) AS bytes FROM sqlite_schema',
    )
    .get() ?? { count: 0, bytes: 0 }
  if (count > MOST_OBJECTS || bytes > MOST_BYTES) return storeText.schemaTooLarge
  return db.prepare<[], SchemaObject>('SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema').all()
}

/**
 * Compares a schema with the one that the product writes for this format. Returns the first difference: a trigger, a view or another object
 * that the product does not make, a system table with other SQL, a missing one. Objects with the SQL of the tables and indexes of a model
 * are left to the model.
 */
export function findSchemaProblem(found: readonly SchemaObject[], format: number): Message | undefined {
  const own = ownSchema(format)
  const pages = new Set<number>()
  for (const object of found) {
    const { type, name, rootpage } = object
    const expected = own.get(name)
    if (expected ? !isSame(object, expected) : !isOfModel(object))
      return expected ? storeText.schemaChanged({ type: typeOf(object), name }) : storeText.schemaForeign({ type: typeOf(object), name })
    if (type !== 'table' && type !== 'index') continue
    if (rootpage === null || pages.has(rootpage)) return storeText.schemaChanged({ type: typeOf(object), name })
    pages.add(rootpage)
  }
  const names = new Set(found.map(({ name }) => name))
  const missing = [...own.values()].find(({ name }) => !names.has(name))
  return missing && storeText.schemaMissing({ type: missing.type, name: missing.name })
}

const TYPES = ['table', 'index', 'view', 'trigger']

const typeOf = ({ type, sql }: SchemaObject): string =>
  /^CREATE VIRTUAL/i.test(sql ?? '') ? 'virtual table' : TYPES.includes(type) ? type : 'object'

type Schema = ReadonlyMap<string, SchemaObject>

/** Schemas by their format: running the migrations takes longer than the rest of the comparison. */
const ownSchemas = new Map<number, Schema>()

/** Returns the system tables, indexes and triggers of a format by name, from its migrations. */
function ownSchema(format: number): Schema {
  const known = ownSchemas.get(format) ?? schemaAfter(MIGRATIONS.slice(0, format))
  ownSchemas.set(format, known)
  return known
}

function schemaAfter(migrations: readonly string[]): Schema {
  const db = new Database(':memory:')
  try {
    for (const migration of migrations) db.exec(migration)
    const objects = db.prepare<[], SchemaObject>('SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema').all()
    return new Map(objects.map((object) => [object.name, object]))
  } finally {
    db.close()
  }
}

const isSame = (found: SchemaObject, expected: SchemaObject): boolean =>
  found.type === expected.type && found.tbl_name === expected.tbl_name && withoutLayout(found.sql) === withoutLayout(expected.sql)

/** Returns SQL without comments and line breaks, which an earlier version may have written differently. Texts and names in quotes are kept. */
function withoutLayout(sql: string | null): string | null {
  if (sql === null || sql.length > LONGEST_OWN) return sql
  const parts = sql.replaceAll(/('(?:[^']|'')*'|"(?:[^"]|"")*")|--[^\n]*|\s+/g, (_all, quoted: string | undefined) => quoted ?? ' ')
  return parts.replaceAll(/ +/g, ' ').replaceAll(/ ?([(),]) ?/g, '$1')
}

const NAME = '[a-z][a-z0-9_]{0,127}'
const COLUMN = '"(?:[^"]|"")+"'

const RECORD_TABLE = new RegExp(
  `^CREATE TABLE "(${NAME})" \\(\\s*_row INTEGER PRIMARY KEY,\\s*${COLUMN} BLOB NOT NULL UNIQUE(?:\\s?,\\s*${COLUMN} (?:INTEGER|REAL|TEXT))*\\s*\\) STRICT$`,
)
const LINK_TABLE = new RegExp(
  `^CREATE TABLE "(_link_${NAME})" \\(first INTEGER NOT NULL, second INTEGER NOT NULL, PRIMARY KEY \\(first, second\\)\\) STRICT, WITHOUT ROWID$`,
)
const COLUMN_INDEX = new RegExp(`^CREATE INDEX "(_[^"]+)" ON "(${NAME})" \\((${COLUMN})\\) WHERE (${COLUMN}) IS NOT NULL$`)
const LINK_INDEX = new RegExp(`^CREATE INDEX "(_link_${NAME}_by_second)" ON "(_link_${NAME})" \\(second\\)$`)

/** Returns whether an object has the SQL that `schema.ts` writes for tables and indexes of a model. */
function isOfModel({ type, name, tbl_name, sql }: SchemaObject): boolean {
  // SQLite makes these for the keys of a table, and refuses any that its table does not ask for.
  if (sql === null) return type === 'index' && name.startsWith(`sqlite_autoindex_${tbl_name}_`)
  if (name.startsWith('sqlite_')) return false
  if (type === 'table') return name === tbl_name && (RECORD_TABLE.exec(sql) ?? LINK_TABLE.exec(sql))?.[1] === name
  if (type !== 'index') return false
  const [, index, table, column, condition] = COLUMN_INDEX.exec(sql) ?? LINK_INDEX.exec(sql) ?? []
  return index === name && table === tbl_name && column === condition
}

/** Returns the columns of the tables of a model, as their SQL names them. Only for schemas without a problem. */
export function columnsOfTables(found: readonly SchemaObject[]): Map<string, Set<string>> {
  const tables = found.filter(({ type, sql }) => type === 'table' && sql !== null)
  return new Map(tables.map(({ name, sql }) => [name, new Set([ROW, ...namesIn(sql ?? '').slice(1)])]))
}

const namesIn = (sql: string): string[] => [...sql.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name = '']) => name.replaceAll('""', '"'))
