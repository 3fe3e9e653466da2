import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Tree } from './shape.ts'

/**
 * The physical limit: the same rows and columns in SQLite with nothing around them. Integer keys, a unique GUID beside
 * them, an index for each lookup, one statement for each table.
 */

const LOOKUPS = [
  ['account', null, null],
  ['contact', 'parentcustomerid', 'account'],
  ['salesorder', 'customerid', 'contact'],
  ['orderline', 'salesorderid', 'salesorder'],
  ['task', 'regardingobjectid', 'account'],
] as const
const PATHS: Record<string, string> = {
  task: 'regardingobjectid = :root',
  orderline: `salesorderid IN (SELECT id FROM salesorder WHERE customerid IN (SELECT id FROM contact WHERE parentcustomerid = :root))`,
  salesorder: `customerid IN (SELECT id FROM contact WHERE parentcustomerid = :root)`,
  contact: 'parentcustomerid = :root',
  account: 'id = :root',
}

export type RawKeys = 'plain' | 'foreignKeys'

/** Builds the file and says how long the rows took, in one transaction. */
export function buildRaw(path: string, trees: Tree[], keys: RawKeys): number {
  const db = openRaw(path, keys)
  for (const [table, lookup, parent] of LOOKUPS) {
    const link = lookup === null ? '' : `, ${lookup} INTEGER ${keys === 'foreignKeys' ? `REFERENCES ${parent}(id) ON DELETE CASCADE` : ''}`
    db.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, guid BLOB NOT NULL UNIQUE, name TEXT, statecode INTEGER NOT NULL, statuscode INTEGER NOT NULL,
      createdon INTEGER NOT NULL, createdby INTEGER NOT NULL, modifiedon INTEGER NOT NULL, modifiedby INTEGER NOT NULL, ownerid INTEGER NOT NULL,
      owningbusinessunit INTEGER NOT NULL${link}) STRICT`)
    if (lookup !== null) db.exec(`CREATE INDEX ${table}_${lookup} ON ${table} (${lookup})`)
  }
  const inserts = new Map(
    LOOKUPS.map(([table, lookup]) => [
      table,
      db.prepare<(number | string | Buffer | null)[]>(
        `INSERT INTO ${table} (guid, name, statecode, statuscode, createdon, createdby, modifiedon, modifiedby, ownerid, owningbusinessunit${lookup ? `, ${lookup}` : ''})
     VALUES (?, ?, 0, 1, ?, 1, ?, 1, 1, 1${lookup ? ', ?' : ''})`,
      ),
    ]),
  )
  let serial = 0
  const insert = (table: string, name: string, ...parent: number[]): number => {
    const nowMs = Date.now()
    return Number(inserts.get(table as 'task')?.run(orderedGuid((serial += 1)), name, nowMs, nowMs, ...parent).lastInsertRowid)
  }

  const startedMs = performance.now()
  db.transaction(() => {
    for (const tree of trees) {
      const account = insert('account', tree.account)
      for (let n = 0; n < tree.contacts; n += 1) {
        const contact = insert('contact', tree.account, account)
        for (let order = 0; order < tree.ordersPerContact; order += 1) {
          const salesorder = insert('salesorder', tree.account, contact)
          for (let line = 0; line < tree.linesPerOrder; line += 1) insert('orderline', tree.account, salesorder)
        }
      }
      for (let n = 0; n < tree.tasks; n += 1) insert('task', tree.account, account)
    }
  }).immediate()
  bringLogIn(db)
  const durationMs = performance.now() - startedMs
  db.close()
  return durationMs
}

export type RawOperation = 'assign' | 'delete' | 'cascadeDelete' | 'merge' | RawEach

/**
 * An assign with a transaction for each record, as plug-ins need it: the record alone; with the job's position; with a row in a log for
 * each step as well; and with a change of another record besides.
 */
export type RawEach = 'each' | 'eachPositioned' | 'eachLogged' | 'eachLoggedFiveTimes' | 'eachWithAnother'

const EACH: Record<RawEach, { positioned: boolean; logged: number; another: boolean }> = {
  each: { positioned: false, logged: 0, another: false },
  eachPositioned: { positioned: true, logged: 0, another: false },
  eachLogged: { positioned: true, logged: 1, another: false },
  eachLoggedFiveTimes: { positioned: true, logged: 5, another: false },
  eachWithAnother: { positioned: true, logged: 1, another: true },
}

const isEach = (operation: RawOperation): operation is RawEach => operation in EACH

/** What a run of a step leaves in the log, in about as many bytes. */
const LOG_INPUT = `{"target":{"ownerid":{"table":"systemuser","id":"${'0'.repeat(36)}"}},"inputParameters":{},"sharedVariables":{}}`

function assignEach(db: Database.Database, root: number, kind: RawEach): void {
  const { positioned, logged, another } = EACH[kind]
  db.exec(`CREATE TABLE position (job INTEGER PRIMARY KEY, position INTEGER NOT NULL, request TEXT NOT NULL) STRICT;
    INSERT INTO position VALUES (1, 0, '${'x'.repeat(400)}');
    CREATE TABLE log (number INTEGER PRIMARY KEY, step INTEGER NOT NULL, row INTEGER NOT NULL, guid BLOB NOT NULL, job INTEGER NOT NULL,
      correlation BLOB NOT NULL, startedon INTEGER NOT NULL, duration INTEGER NOT NULL, outcome TEXT NOT NULL, input TEXT NOT NULL) STRICT;
    CREATE INDEX log_row ON log (row); CREATE INDEX log_job ON log (job)`)
  const guid = randomBytes(16)
  const log = db.prepare<(number | Buffer | string)[]>(
    `INSERT INTO log (step, row, guid, job, correlation, startedon, duration, outcome, input) VALUES (1, ?, ?, 1, ?, ?, 20, 'done', ?)`,
  )
  const move = db.prepare<[number]>('UPDATE position SET position = ? WHERE job = 1')
  const otherId = db.prepare<[], { id: number }>(`SELECT id FROM account WHERE name = 'Other 0'`).get()?.id ?? 0
  const change = db.prepare<[number, number]>('UPDATE account SET statuscode = 1, modifiedon = ? WHERE id = ?')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let position = 0
  for (const [table, below] of Object.entries(PATHS)) {
    const ids = db.prepare<{ root: number }, { id: number }>(`SELECT id FROM ${table} WHERE ${below}`).all({ root })
    const assign = db.prepare<number[]>(
      `UPDATE ${table} SET ownerid = 2, owningbusinessunit = 1, modifiedon = ?, modifiedby = 1 WHERE id = ?`,
    )
    for (const { id } of ids) {
      begin.run()
      assign.run(Date.now(), id)
      if (another) change.run(Date.now(), otherId)
      for (let n = 0; n < logged; n += 1) log.run(id, guid, guid, Date.now(), LOG_INPUT)
      if (positioned) move.run((position += 1))
      commit.run()
      if (position % 1_000 === 0) bringLogIn(db)
    }
  }
}

/** One operation in one transaction, and how long it took. */
export function runRaw(path: string, operation: RawOperation): number {
  const db = openRaw(path, operation === 'cascadeDelete' ? 'foreignKeys' : 'plain')
  const idOf = (name: string) => db.prepare<[string], { id: number }>('SELECT id FROM account WHERE name = ?').get(name)?.id ?? 0
  const root = idOf('Root')
  const target = idOf('Target')
  const nowMs = Date.now()
  const work: Record<Exclude<RawOperation, RawEach>, () => void> = {
    assign() {
      for (const [table, below] of Object.entries(PATHS)) {
        db.prepare(`UPDATE ${table} SET ownerid = 2, owningbusinessunit = 1, modifiedon = :nowMs, modifiedby = 1 WHERE ${below}`).run({
          root,
          nowMs,
        })
      }
    },
    delete() {
      for (const [table, below] of Object.entries(PATHS)) db.prepare(`DELETE FROM ${table} WHERE ${below}`).run({ root })
    },
    cascadeDelete() {
      db.prepare('DELETE FROM account WHERE id = ?').run(root)
    },
    merge() {
      for (const [table, lookup] of [
        ['contact', 'parentcustomerid'],
        ['task', 'regardingobjectid'],
      ] as const) {
        db.prepare(`UPDATE ${table} SET ${lookup} = :target, modifiedon = :nowMs, modifiedby = 1 WHERE ${lookup} = :root`).run({
          root,
          target,
          nowMs,
        })
      }
      db.prepare('UPDATE account SET statecode = 1, statuscode = 2, modifiedon = :nowMs WHERE id = :root').run({ root, nowMs })
    },
  }
  const startedMs = performance.now()
  if (isEach(operation)) assignEach(db, root, operation)
  else db.transaction(work[operation]).immediate()
  bringLogIn(db)
  const durationMs = performance.now() - startedMs
  db.close()
  return durationMs
}

/** As the product does after a commit: a log of 16 MB and more is brought into the file. */
function bringLogIn(db: Database.Database): void {
  const [{ log, checkpointed } = { log: 0, checkpointed: 0 }] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  if (log - checkpointed >= 4_000) db.pragma('wal_checkpoint(PASSIVE)')
}

function openRaw(path: string, keys: RawKeys): Database.Database {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('cache_size = -32000')
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`foreign_keys = ${keys === 'foreignKeys' ? 'ON' : 'OFF'}`)
  return db
}

/** Like a version 7 GUID: rising, with a random end. */
function orderedGuid(serial: number): Buffer {
  const guid = randomBytes(16)
  guid.writeUIntBE(serial, 0, 6)
  return guid
}
