import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { openFile } from '#engine/store/file'
import { findSchemaProblem, readSchema } from '#engine/store/schema-check'
import { bytesOf, changeByHand, optionsFor, writeExample } from '../environment-example.ts'
import { exampleFile } from './example-file.ts'

/** Opening is refused with a message that has this in it; the file is as it was, and nothing lies beside it that did not before. */
function expectRefused(path: string, says: string): void {
  const before = { bytes: bytesOf(path), names: readdirSync(dirname(path)).sort() }

  const refusal = errorOf(() => openEngine(optionsFor(path)).close())

  expect({ code: refusal.code, message: refusal.message }).toEqual({ code: 'ENVIRONMENT_UNUSABLE', message: expect.stringContaining(says) })
  expect(bytesOf(path).equals(before.bytes)).toBe(true)
  expect(readdirSync(dirname(path)).sort()).toEqual(before.names)
}

function errorOf(action: () => unknown): EngineError {
  try {
    action()
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
  throw new Error('Nothing was refused')
}

const ENDLESS = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS name, x AS value FROM n'

const FOREIGN: [what: string, sql: string, says: string][] = [
  ['a trigger', `CREATE TRIGGER renames AFTER UPDATE ON account BEGIN UPDATE contact SET name = 'x'; END`, 'the trigger "renames"'],
  [
    'a trigger on a system table',
    `CREATE TRIGGER counts AFTER INSERT ON _system_job BEGIN DELETE FROM account; END`,
    'the trigger "counts"',
  ],
  ['a view', 'CREATE VIEW names AS SELECT name FROM account', 'the view "names"'],
  [
    'a view that never ends in place of the settings',
    `ALTER TABLE _setting RENAME TO moved; CREATE VIEW _setting AS ${ENDLESS}`,
    'which Cascade Workbench does not make',
  ],
  ['a virtual table', 'CREATE VIRTUAL TABLE searched USING fts5(x)', 'the virtual table "searched"'],
  ['a table of somebody else', 'CREATE TABLE other (x)', 'the table "other"'],
  ['a generated column', 'ALTER TABLE account ADD COLUMN made TEXT GENERATED ALWAYS AS (hex(zeroblob(9))) VIRTUAL', 'the table "account"'],
  ['a column with a default that is computed', `ALTER TABLE account ADD COLUMN extra TEXT DEFAULT 'x'`, 'the table "account"'],
  ['an index on an expression', 'CREATE INDEX extra ON account (abs(employees))', 'the index "extra"'],
  ['another column in a system table', 'ALTER TABLE _setting ADD COLUMN extra TEXT', 'its table "_setting" is not as'],
  ['a system table that is gone', 'DROP TABLE _notification', 'its table "_notification" is missing'],
  ['a trigger of ours that is gone', 'DROP TRIGGER _system_job_moved', 'its trigger "_system_job_moved" is missing'],
  ['an index of ours that is gone', 'DROP INDEX _system_job_open', 'its index "_system_job_open" is missing'],
  ['a table of the model that is gone', 'DROP TABLE contact', 'contact'],
  ['statistics', 'ANALYZE', 'sqlite_stat1'],
]

for (const [what, sql, says] of FOREIGN)
  test(`${what} refuses the file, which stays as it was [AT1]`, () => {
    const path = exampleFile()
    changeByHand(path, (db) => db.exec(sql))

    expectRefused(path, says)
  })

const TEXT_CHANGES: [what: string, table: string, from: string, to: string][] = [
  ['a system table that is not STRICT', '_setting', 'STRICT, WITHOUT ROWID', 'WITHOUT ROWID'],
  ['a system table with a check that computes', '_setting', 'json_valid(value)', 'json_valid(value) OR randomblob(1000000000) IS NULL'],
  ['a table of the model that is not STRICT', 'account', 'STRICT', ''],
  ['a table of the model with a check', 'account', 'NOT NULL UNIQUE', `NOT NULL UNIQUE CHECK (length(hex(zeroblob(1000000000))) > 0)`],
  ['a table of the model with a collation', 'account', '"name" TEXT', '"name" TEXT COLLATE NOCASE'],
]

for (const [what, table, from, to] of TEXT_CHANGES)
  test(`${what} refuses the file, which stays as it was [AT1]`, () => {
    const path = exampleFile()
    changeByHand(path, (db) => {
      db.pragma('writable_schema = ON')
      const { changes } = db
        .prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)')
        .run(from, to, table, from)
      if (changes !== 1) throw new Error(`The schema has no ${from}`)
    })

    expectRefused(path, `"${table}"`)
  })

test('two tables on one page refuse the file', () => {
  const path = exampleFile()
  changeByHand(path, (db) => {
    db.pragma('writable_schema = ON')
    db.exec(`UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'account') WHERE name = 'contact'`)
  })

  expectRefused(path, 'contact')
})

test('a log beside a file is neither taken over nor removed when the file is refused [AT1]', () => {
  const path = exampleFile()
  const writer = new Database(path)
  onTestFinished(() => void writer.close())
  writer.exec(`CREATE TRIGGER renames AFTER UPDATE ON account BEGIN UPDATE contact SET name = 'x'; END`)
  const log = bytesOf(`${path}-wal`)

  expectRefused(path, 'the trigger "renames"')
  expect(bytesOf(`${path}-wal`).equals(log)).toBe(true)
})

test('a journal beside a file is not played back [AT1]', () => {
  const path = exampleFile()
  writeExample(`${path}-journal`, Buffer.from('d9d505f920a163d7', 'hex'))

  expectRefused(path, 'left a journal beside it')
})

test('a schema without end is refused before it is read, and comparing takes time in proportion to its length', () => {
  const db = new Database(':memory:')
  onTestFinished(() => void db.close())
  const long = `CREATE TABLE "account" (\n  _row INTEGER PRIMARY KEY,\n  "accountid" BLOB NOT NULL UNIQUE${',\n  "a" TEXT'.repeat(300_000)}`
  const objects = [{ type: 'table', name: 'account', tbl_name: 'account', rootpage: 2, sql: long }]

  expect(findSchemaProblem(objects, 5)).toMatchObject({ key: 'store.schemaForeign' })
  expect(Array.isArray(readSchema(db))).toBe(true)
})

test('a connection distrusts the schema and checks the sizes of cells', () => {
  const { db } = openFile(exampleFile())
  onTestFinished(() => void db.close())

  expect(['trusted_schema', 'cell_size_check'].map((pragma) => db.pragma(pragma, { simple: true }))).toEqual([0, 1])
  db.pragma('writable_schema = ON')
  expect(db.pragma('writable_schema', { simple: true })).toBe(0)
})

test('a file as the product writes it opens, also after its model has grown', () => {
  const path = exampleFile()
  const engine = openEngine(optionsFor(path))
  const [account] = engine.model().tables.filter(({ logicalName }) => logicalName === 'account')
  if (!account) throw new Error('The example has accounts')
  const note = {
    logicalName: 'note',
    displayName: null,
    type: 'Memo' as const,
    sourceType: null,
    requiredLevel: 'None' as const,
    maxLength: null,
    options: [],
  }
  engine.applyModel({ tables: [{ ...account, columns: [...account.columns, note] }], relationships: [], manyToMany: [] })
  engine.close()

  const again = openEngine(optionsFor(path))
  onTestFinished(() => again.close())
  expect(again.table('account').columns.map(({ logicalName }) => logicalName)).toContain('note')
})
