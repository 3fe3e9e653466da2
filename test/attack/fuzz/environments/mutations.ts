import { readFileSync, writeFileSync } from 'node:fs'
import { changeByHand, forceValue } from '../../environment-example.ts'
import type { Random } from '../random.ts'

/** What a run does to a valid environment file: plain data, so that a finding can be read. */
export type Mutation =
  | { kind: 'value'; table: string; column: string; row: number; value: Nasty }
  | { kind: 'setting'; name: string; json: string }
  | { kind: 'schema'; sql: string }
  | { kind: 'schemaText'; name: string; from: string; to: string }
  | { kind: 'bytes'; at: number; hex: string }
  | { kind: 'page'; page: number; like: number }
  | { kind: 'cut'; share: number }

/** A value in JSON: integers of 64 bits as text with an n, blobs as hexadecimal. */
type Nasty =
  | { integer: string }
  | { real: number }
  | { text: string }
  | { repeated: string; times: number }
  | { blob: string }
  | { nothing: true }

const INTEGERS = [
  '0',
  '1',
  '-1',
  '2',
  '7',
  '20',
  '2147483648',
  '8640000000000001',
  '-8640000000000001',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
]
const TEXTS = [
  '',
  '{}',
  '[]',
  'null',
  '"',
  '{"a":1}',
  '[1,"x",null]',
  '{"__proto__":{"a":1}}',
  'account',
  'systemuser',
  'constructor',
  '__proto__',
  '\u0000',
  '\u202e\u001b[2J',
  '"; DROP TABLE account; --',
  '00000000-0000-7000-8000-000000000001',
  '{"key":"store.busy","params":{}}',
  '1e999',
  '[[[[[[[[[[[[[[[[',
]
const SETTINGS = [
  'thresholds',
  'batchSize',
  'maxAttempts',
  'retryDelaySeconds',
  'pluginTimeoutSeconds',
  'pluginMemoryMegabytes',
  'maxDepth',
  'pluginTraceLog',
  'pluginTraceRuns',
  'asyncCascades',
  'lockTimeoutSeconds',
  'createdOnMs',
  'knownTo',
  'unheard',
  '__proto__',
  'constructor',
]
const SETTING_VALUES = [
  'null',
  '{"a":1}',
  '[]',
  '1e9',
  '-1',
  '0',
  '1.5',
  '"text"',
  'true',
  '1e400',
  '{"Assign":-1,"Delete":1,"Merge":1}',
  '{"Assign":null}',
  '"All"',
  '"docs-current"',
  '{"__proto__":1}',
  '9223372036854775807',
  '"',
]
const SYSTEM_TABLES = [
  '_counter',
  '_setting',
  '_table',
  '_column',
  '_relationship',
  '_many_to_many',
  '_record_stub',
  '_dangling_target',
  '_job_group',
  '_job_item',
  '_notification',
  '_removed_user',
  '_job_message',
  '_plugin',
  '_plugin_file',
  '_step',
  '_step_run',
  '_step_job',
  '_system_job',
  '_cascade_job',
  '_job_count',
  'sqlite_sequence',
]
const RECORD_TABLES = ['account', 'contact', 'list', 'systemuser', 'businessunit', 'team', '_link_accountlist']
const SCHEMA_CHANGES = (table: string) => [
  `DROP TABLE "${table}"`,
  `ALTER TABLE "${table}" RENAME TO "${table}_moved"`,
  `ALTER TABLE "${table}" RENAME TO "${table}_moved"; CREATE VIEW "${table}" AS SELECT * FROM "${table}_moved"`,
  `ALTER TABLE "${table}" RENAME TO "${table}_moved"; CREATE VIEW "${table}" AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS name, x AS value FROM n`,
  `ALTER TABLE "${table}" ADD COLUMN extra TEXT DEFAULT (hex(randomblob(10)))`,
  `ALTER TABLE "${table}" ADD COLUMN made TEXT GENERATED ALWAYS AS (hex(zeroblob(1000000)))`,
  `CREATE TRIGGER renames AFTER UPDATE ON "${table}" BEGIN UPDATE account SET name = 'renamed'; END`,
  `CREATE TRIGGER never BEFORE DELETE ON "${table}" BEGIN SELECT raise(ABORT, 'never'); END`,
  `CREATE INDEX extra ON "${table}" (abs(1))`,
  `CREATE UNIQUE INDEX extra ON "${table}" ((1))`,
  `CREATE VIRTUAL TABLE searched USING fts5(x)`,
  `CREATE TABLE other (x)`,
  `DELETE FROM "${table}"`,
  `DROP INDEX IF EXISTS _system_job_open`,
  `DROP TRIGGER IF EXISTS _system_job_moved`,
  `PRAGMA user_version = 3`,
  `PRAGMA user_version = 0`,
  `PRAGMA journal_mode = DELETE`,
  `PRAGMA encoding = 'UTF-16'; VACUUM`,
  `PRAGMA page_size = 512; VACUUM`,
  `ANALYZE`,
]

const nasty = (random: Random): Nasty =>
  random.pick<() => Nasty>([
    () => ({ integer: random.pick(INTEGERS) }),
    () => ({ integer: random.pick(INTEGERS) }),
    () => ({ real: random.pick([0.5, -1e308, 1e308, Number.MAX_SAFE_INTEGER]) }),
    () => ({ text: random.pick(TEXTS) }),
    () => ({ text: random.pick(TEXTS) }),
    () => ({ repeated: random.pick(['x', '[', 'é', ' ']), times: random.pick([100, 70_000, 2_000_000]) }),
    () => ({ blob: random.bytes(random.pick([0, 1, 15, 16, 17, 400])).toString('hex') }),
    () => ({ nothing: true }),
  ])()

const MAKERS: ((random: Random) => Mutation)[] = [
  (random) => ({
    kind: 'value',
    table: random.pick(SYSTEM_TABLES),
    column: String(random.int(40)),
    row: random.int(12),
    value: nasty(random),
  }),
  (random) => ({
    kind: 'value',
    table: random.pick(RECORD_TABLES),
    column: String(random.int(24)),
    row: random.int(12),
    value: nasty(random),
  }),
  (random) => ({ kind: 'setting', name: random.pick(SETTINGS), json: random.pick(SETTING_VALUES) }),
  (random) => ({ kind: 'schema', sql: random.pick(SCHEMA_CHANGES(random.pick([...SYSTEM_TABLES, ...RECORD_TABLES]))) }),
  (random) => ({
    kind: 'schemaText',
    name: random.pick([...SYSTEM_TABLES, ...RECORD_TABLES]),
    ...random.pick([
      { from: 'STRICT', to: '' },
      { from: 'NOT NULL', to: '' },
      { from: 'TEXT', to: 'TEXT COLLATE NOCASE' },
      { from: 'INTEGER', to: 'TEXT' },
      { from: 'PRIMARY KEY', to: 'PRIMARY KEY DESC' },
      { from: '(', to: '(a CHECK (randomblob(1000000000) IS NULL), ' },
      { from: 'CREATE TABLE', to: 'CREATE VIEW' },
      { from: 'CREATE TABLE', to: 'CREATE TABLE /*' },
    ]),
  }),
  (random) => ({ kind: 'bytes', at: random.int(2 ** 20), hex: random.bytes(1 + random.int(8)).toString('hex') }),
  (random) => ({ kind: 'bytes', at: random.int(120), hex: random.bytes(1 + random.int(2)).toString('hex') }),
  (random) => ({ kind: 'page', page: random.int(2 ** 16), like: random.int(2 ** 16) }),
  (random) => ({ kind: 'cut', share: random.int(1_000) / 1_000 }),
]

/** Values and settings most often: what breaks the file as a whole is refused soon. */
const WEIGHTED = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8]

export function makeMutations(random: Random): Mutation[] {
  return Array.from({ length: 1 + random.int(3) }, () => (MAKERS[random.pick(WEIGHTED)] as (random: Random) => Mutation)(random))
}

/** Changes a closed file. A change that SQLite itself refuses is left out. */
export function mutate(path: string, mutation: Mutation): void {
  try {
    apply(path, mutation)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')) && !(error instanceof RangeError))
      throw error
  }
}

function apply(path: string, mutation: Mutation): void {
  switch (mutation.kind) {
    case 'value': {
      const { column, row } = placeIn(path, mutation)
      forceValue(path, mutation.table, column, stored(mutation.value), row)
      return
    }
    case 'setting':
      changeByHand(path, (db) => db.prepare('INSERT OR REPLACE INTO _setting VALUES (?, ?)').run(mutation.name, mutation.json))
      return
    case 'schema':
      changeByHand(path, (db) => db.exec(mutation.sql))
      return
    case 'schemaText':
      changeByHand(path, (db) => {
        db.pragma('writable_schema = ON')
        db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(mutation.from, mutation.to, mutation.name)
      })
      return
    case 'bytes': {
      const bytes = readFileSync(path)
      Buffer.from(mutation.hex, 'hex').copy(bytes, mutation.at % bytes.length)
      writeFileSync(path, bytes)
      return
    }
    case 'page': {
      const bytes = readFileSync(path)
      const pages = Math.floor(bytes.length / PAGE)
      const from = (mutation.like % pages) * PAGE
      bytes.copy(bytes, (mutation.page % pages) * PAGE, from, from + PAGE)
      writeFileSync(path, bytes)
      return
    }
    case 'cut': {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * mutation.share)))
    }
  }
}

const PAGE = 4_096

/** Finds the column and the row that the numbers of a mutation stand for. */
function placeIn(path: string, { table, column, row }: Extract<Mutation, { kind: 'value' }>): { column: string; row: string } {
  let place = { column: '', row: '0' }
  changeByHand(path, (db) => {
    // An earlier mutation may have put a view that never ends in its place.
    if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table)) throw new RangeError(`No table ${table}`)
    const columns = db.pragma(`table_info("${table}")`) as { name: string; pk: number }[]
    const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => `"${name}"`)
    const chosen = columns[Number(column) % Math.max(1, columns.length)]?.name ?? ''
    const { count } = db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${table}"`).get() ?? { count: 0 }
    const key = keys.length === 0 ? 'rowid' : keys.length === 1 ? keys[0] : `(${keys.join(', ')})`
    const list = keys.length === 0 ? 'rowid' : keys.join(', ')
    place = {
      column: chosen,
      row: `${key} IN (SELECT ${list} FROM "${table}" ORDER BY ${list} LIMIT 1 OFFSET ${count === 0 ? 0 : row % count})`,
    }
  })
  return place
}

function stored(value: Nasty): string | number | bigint | Buffer | null {
  if ('integer' in value) return BigInt(value.integer)
  if ('real' in value) return value.real
  if ('text' in value) return value.text
  if ('repeated' in value) return value.repeated.repeat(value.times)
  if ('blob' in value) return Buffer.from(value.blob, 'hex')
  return null
}
