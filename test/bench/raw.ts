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

export type RawOperation = 'assign' | 'delete' | 'cascadeDelete' | 'merge'

/** One operation in one transaction, and how long it took. */
export function runRaw(path: string, operation: RawOperation): number {
  const db = openRaw(path, operation === 'cascadeDelete' ? 'foreignKeys' : 'plain')
  const idOf = (name: string) => db.prepare<[string], { id: number }>('SELECT id FROM account WHERE name = ?').get(name)?.id ?? 0
  const root = idOf('Root')
  const target = idOf('Target')
  const nowMs = Date.now()
  const work: Record<RawOperation, () => void> = {
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
  db.transaction(work[operation]).immediate()
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
