import Database from 'better-sqlite3'
import type { FileIdentity, WriteTurns } from '../contract/engine.ts'
import { isFileLost } from '../contract/errors.ts'
import type { Log } from './log.ts'
import { NumberPool } from './number-pool.ts'
import type { OpenFile } from './open-file.ts'
import { RecentMap } from './recent-map.ts'
import { storeError } from './store-error.ts'

export type Statement<P, R = unknown> = P extends unknown[] ? Database.Statement<P, R> : Database.Statement<[P], R>

/**
 * Characters of SQL of the statements that stay prepared; twice as many at most. A prepared statement takes some 40 times the memory of its
 * text, and plug-ins decide which queries there are.
 */
const STATEMENT_CHARACTERS = 100_000

/**
 * SQLite's memory of a statement is freed when the statement is collected, and the garbage collector does not know of it. A buffer of this
 * size, which it does know of and which nobody touches, stands for it, so that it collects in time.
 */
const STATEMENT_BYTES = 64 * 1024

/** Commits between two checks of the log's length: with a transaction for each record, checking each time would take as long as writing. */
const COMMITS_A_LOOK = 16

/** What a connection works with beside SQLite. */
export interface ConnectionParts {
  turns?: WriteTurns | undefined
  /** What messages call the file. @default the path that SQLite has opened */
  path?: string
  /** The file that is open, and its log. Absent for a database that is no environment file. */
  file?: OpenFile
  log?: Log
  /** Whether others checkpoint the log. @default false */
  leavesLog?: boolean
  /** Whether another connection of this process is closed later, and leaves the file in order. @default false */
  isSecond?: boolean
}

/**
 * One SQLite connection to one environment. The statements used last are kept by their text, because the tables of the model
 * are only known at run time; write transactions are counted, so that a plan can tell whether anything was committed since.
 */
export class Connection {
  readonly db: Database.Database
  /** Numbers of the temporary plan tables, which belong to the connection. */
  readonly planNumbers = new NumberPool()
  /** The plan tables whose plans wait to be applied, see keepGone. */
  readonly waitingPlans = new Set<string>()
  readonly #statements = new RecentMap<string, Database.Statement>(STATEMENT_CHARACTERS, (sql) => sql.length)
  readonly #weights = new WeakMap<Database.Statement, Buffer>()
  readonly #parts: ConnectionParts
  #commits = 0
  #metadataChanges = 0
  #securityChanges = 0
  #rollbacks = 0
  #savepoints = 0
  #generation = 0
  #transactions = 0
  #transaction = 0

  constructor(db: Database.Database, parts: ConnectionParts = {}) {
    this.db = db
    this.#parts = parts
  }

  /** Returns the prepared statement for this text, and prepares it unless it was used lately. */
  statement<P extends unknown[] | object, R = unknown>(sql: string): Statement<P, R> {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.db.prepare(sql)
      this.#weights.set(statement, Buffer.allocUnsafeSlow(STATEMENT_BYTES))
      this.#statements.set(sql, statement)
    }
    return statement as unknown as Statement<P, R>
  }

  /** Runs a change in one write transaction, begun IMMEDIATE. Must be synchronous, so the type refuses a promise. */
  write<T>(change: () => T extends PromiseLike<unknown> ? never : T): T {
    if (this.#transaction !== 0) return change()
    this.begin()
    try {
      const result = change()
      this.#commit()
      return result
    } catch (error) {
      this.rollback()
      throw this.failure(error)
    }
  }

  /**
   * Converts an error of SQLite to an EngineError that says what to do; returns any other error unchanged. Where another program has
   * changed the file, that is the error, whatever SQLite makes of it.
   */
  failure(error: unknown): unknown {
    if (!(error instanceof Database.SqliteError)) return storeError(error, this.#parts.path ?? this.db.name)
    try {
      this.#parts.log?.examine()
    } catch (lost) {
      if (isFileLost(lost)) return lost
    }
    return storeError(error, this.#parts.path ?? this.db.name)
  }

  /**
   * Begins a write transaction that stays open over several calls, for bulk loads.
   * @throws ENVIRONMENT_LOST if the file is not the one any more that was opened; STORE_BUSY
   */
  begin(): void {
    const { turns, file } = this.#parts
    file?.check()
    turns?.enter()
    try {
      this.statement<[]>('BEGIN IMMEDIATE').run()
      this.#transaction = ++this.#transactions
    } catch (error) {
      turns?.leave()
      throw this.failure(error)
    }
  }

  /**
   * Commits what may have taken long.
   * @throws ENVIRONMENT_LOST if the file was taken away meanwhile, so that nobody takes it for done
   */
  commit(): void {
    this.#commit()
    this.#parts.file?.check()
  }

  /** Commits. The log is checkpointed after other threads may write again, never inside a commit. */
  #commit(): void {
    const { turns, log, leavesLog } = this.#parts
    this.statement<[]>('COMMIT').run()
    this.#transaction = 0
    this.#commits++
    turns?.leave()
    if (!leavesLog && this.#commits % COMMITS_A_LOOK === 0) log?.shorten()
  }

  /**
   * Runs a part of the transaction that is undone as a whole if it throws, while earlier changes stay. Outside a
   * transaction it begins one.
   */
  savepoint<T>(change: () => T extends PromiseLike<unknown> ? never : T): T {
    if (!this.db.inTransaction) return this.write(change)
    const name = `s${++this.#savepoints}`
    this.statement<[]>(`SAVEPOINT ${name}`).run()
    try {
      const result = change()
      this.statement<[]>(`RELEASE ${name}`).run()
      return result
    } catch (error) {
      this.#rollbacks++
      // A full disk ends the whole transaction by itself.
      if (this.db.inTransaction) this.db.exec(`ROLLBACK TO ${name}; RELEASE ${name}`)
      throw storeError(error, this.db.name)
    } finally {
      this.#savepoints--
    }
  }

  /** A number that changes whenever statements must be prepared again. */
  get generation(): number {
    return this.#generation
  }

  /** Number of the open write transaction; 0 for none. No other connection commits while one is open. */
  get transaction(): number {
    return this.#transaction
  }

  /** A number that changes with each change of model, settings or plug-ins on this connection. */
  get ownMetadataMark(): number {
    return this.#metadataChanges
  }

  /** A number that changes whenever changes of this connection were rolled back. */
  get rollbackMark(): number {
    return this.#rollbacks
  }

  rollback(): void {
    this.#rollbacks++
    this.#transaction = 0
    if (this.db.inTransaction) this.db.exec('ROLLBACK')
    this.#parts.turns?.leave()
  }

  /** Runs queries against one consistent state of the file. */
  read<T>(query: () => T extends PromiseLike<unknown> ? never : T): T {
    if (this.db.inTransaction) return query()
    return this.db.transaction(query).deferred()
  }

  /** A text that changes whenever any connection has committed to the file. */
  stateMark(): string {
    return `${this.#dataVersion()}.${this.#commits}`
  }

  /** A number that changes whenever another connection has committed. Prepared, because it is read for every record. */
  #dataVersion(): number {
    return this.statement<[], { data_version: number }>('PRAGMA data_version').get()?.data_version ?? 0
  }

  /** Checkpoints the log, outside any transaction. Others may write meanwhile. */
  checkpoint(): void {
    if (!this.db.inTransaction) this.#parts.log?.checkpoint()
  }

  /** A text that changes whenever model, settings or plug-ins may have changed: with every commit of another connection, and with our own of that kind. */
  metadataMark(): string {
    return `${this.#dataVersion()}.${this.#metadataChanges}`
  }

  /** Must be called after each change of model or settings on this connection. */
  metadataChanged(): void {
    this.#metadataChanges++
    this.#generation++
    this.#statements.clear()
  }

  /** Must be called after each change of plug-ins on this connection. Tables are unchanged, so statements stay prepared. */
  pluginsChanged(): void {
    this.#metadataChanges++
  }

  /** Must be called after each change of users, teams, business units or roles on this connection. */
  securityChanged(): void {
    this.#securityChanges++
  }

  /** A text that changes whenever users, teams, business units or roles may have changed: with every commit, and with each such change of our own. */
  securityMark(): string {
    return `${this.#transaction === 0 ? this.stateMark() : `t${this.#transaction}`}.${this.#securityChanges}.${this.#rollbacks}`
  }

  /** Which file is open; `undefined` for a database that is no environment file. */
  get identity(): FileIdentity | undefined {
    return this.#parts.file?.identity
  }

  /** Length of the file, without its log. */
  get fileBytes(): number {
    return Number(this.#parts.file?.status()?.size ?? 0)
  }

  /** Looks whether the file is still the one that was opened. @throws ENVIRONMENT_LOST */
  examine(): void {
    this.#parts.log?.examine()
  }

  /** Closes the connection. @throws ENVIRONMENT_LOST after closing, if the file is not the one that was opened any more */
  close(): void {
    const { log, isSecond } = this.#parts
    this.#statements.clear()
    if (log === undefined || isSecond) this.db.close()
    else log.close()
  }
}

/**
 * Returns a function that makes a table's statements once for each connection. Looking up a statement by its text takes longer than
 * running it, and some run for every record.
 */
export function statementsOnce<T>(make: (connection: Connection) => T): (connection: Connection) => T {
  const made = new WeakMap<Connection, { generation: number; statements: T }>()
  return (connection) => {
    const known = made.get(connection)
    if (known?.generation === connection.generation) return known.statements
    const statements = make(connection)
    made.set(connection, { generation: connection.generation, statements })
    return statements
  }
}

/** Quotes a name from the model as an SQL identifier. Names are checked when they enter the model. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
