import Database from 'better-sqlite3'

/**
 * Loaded before the product (`--import`), in each of its threads: from some size on, SQLite says of each file of the environment that the
 * disk is full. `LIMIT_PAGES` is the number of pages that a file may have.
 */
const most = Number(process.env.LIMIT_PAGES)
const limited = new WeakSet<object>()
const { prepare, exec, pragma } = Database.prototype

function limit(db: Database.Database): void {
  if (limited.has(db)) return
  limited.add(db)
  pragma.call(db, `max_page_count = ${most}`)
}

Database.prototype.prepare = function (this: Database.Database, ...args: Parameters<typeof prepare>) {
  limit(this)
  return prepare.apply(this, args)
} as typeof prepare
Database.prototype.exec = function (this: Database.Database, ...args: Parameters<typeof exec>) {
  limit(this)
  return exec.apply(this, args)
}
