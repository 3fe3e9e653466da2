import Database from 'better-sqlite3'
import type { WriteTurns } from '../contract/engine.ts'
import { NumberPool } from './number-pool.ts'
import { storeError } from './store-error.ts'

export type Statement<P, R = unknown> = P extends unknown[] ? Database.Statement<P, R> : Database.Statement<[P], R>

/** From this length on the write-ahead log is brought into the file: 16 MB. */
const LOG_PAGES = 4_000
const MOST_PASSES = 3

/** How often it is looked how long the log is: with a transaction for each record, looking each time would take as long as writing. */
const COMMITS_A_LOOK = 16

/**
 * One SQLite connection to one environment. Statements are kept by their text, because the tables of the model are only
 * known at run time; write transactions are counted, so that a plan can tell whether anything was committed since.
 */
export class Connection {
  readonly db: Database.Database
  /** Numbers of the temporary plan tables, which each connection has of its own. */
  readonly planNumbers = new NumberPool()
  #statements = new Map<string, Database.Statement>()
  readonly #turns: WriteTurns | undefined
  #commits = 0
  #metadataChanges = 0
  #rollbacks = 0
  #savepoints = 0
  #generation = 0
  #transactions = 0
  #transaction = 0
  #logLimit = LOG_PAGES

  constructor(db: Database.Database, turns?: WriteTurns) {
    this.db = db
    this.#turns = turns
  }

  /** The prepared statement for this text, prepared once. */
  statement<P extends unknown[] | object, R = unknown>(sql: string): Statement<P, R> {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement as unknown as Statement<P, R>
  }

  /** Runs in one write transaction, begun IMMEDIATE. Synchronous: a promise does not fit the type. */
  write<T>(change: () => T extends PromiseLike<unknown> ? never : T): T {
    if (this.#transaction !== 0) return change()
    this.begin()
    try {
      const result = change()
      this.commit()
      return result
    } catch (error) {
      this.rollback()
      throw storeError(error, this.db.name)
    }
  }

  /** A write transaction that stays open over several calls, for bulk loads. */
  begin(): void {
    this.#turns?.enter()
    try {
      this.statement<[]>('BEGIN IMMEDIATE').run()
      this.#transaction = ++this.#transactions
    } catch (error) {
      this.#turns?.leave()
      throw storeError(error, this.db.name)
    }
  }

  commit(): void {
    this.statement<[]>('COMMIT').run()
    this.#transaction = 0
    this.#commits++
    if (!this.#turns) return
    this.#turns.leave()
    if (this.#commits % COMMITS_A_LOOK === 0) this.#leaveLog(() => this.#shortenLog())
  }

  /** What is committed is safe in the log: where the file cannot take it now, for instance on a full disk, it stays there until it is twice as long. */
  #leaveLog(shorten: () => unknown): void {
    try {
      shorten()
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      this.#logLimit *= 2
    }
  }

  /**
   * With turns, the log is brought into the file after others may write again, never inside a commit. Pages that were
   * written meanwhile need another pass; where a reader holds the log, it is left until it is twice as long.
   */
  #shortenLog(): void {
    if (this.#logged('NOOP') < this.#logLimit) return
    for (let pass = 0, before = Number.POSITIVE_INFINITY; pass < MOST_PASSES; pass++) {
      const left = this.#logged('PASSIVE')
      if (left === 0) break
      if (left >= before) {
        this.#logLimit *= 2
        return
      }
      before = left
    }
    this.#logLimit = LOG_PAGES
  }

  /** Pages in the log that the file does not have yet, after a checkpoint of this kind. */
  #logged(kind: 'NOOP' | 'PASSIVE'): number {
    const found = this.statement<[], { log: number; checkpointed: number }>(`PRAGMA wal_checkpoint(${kind})`).get()
    return found ? found.log - found.checkpointed : 0
  }

  /**
   * A part of the transaction that happens as a whole or leaves no trace, while what came before stays. Outside of a
   * transaction it is one of its own.
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
      throw error
    } finally {
      this.#savepoints--
    }
  }

  /** Changes whenever statements must be prepared anew. */
  get generation(): number {
    return this.#generation
  }

  /** Number of the write transaction that is open; 0 for none. Nobody else commits while it is. */
  get transaction(): number {
    return this.#transaction
  }

  /** Changes with each change of model, settings or plug-ins on this connection. */
  get ownMetadataMark(): number {
    return this.#metadataChanges
  }

  /** Changes whenever anything that this connection had written was undone. */
  get rollbackMark(): number {
    return this.#rollbacks
  }

  rollback(): void {
    this.#rollbacks++
    this.#transaction = 0
    if (this.db.inTransaction) this.db.exec('ROLLBACK')
    this.#turns?.leave()
  }

  /** Reads one consistent state of the file. */
  read<T>(query: () => T extends PromiseLike<unknown> ? never : T): T {
    if (this.db.inTransaction) return query()
    return this.db.transaction(query).deferred()
  }

  /** Changes whenever anybody, on this connection or another, has committed to the file. */
  stateMark(): string {
    return `${this.#dataVersion()}.${this.#commits}`
  }

  /** Changes whenever another connection has committed. Prepared, since it is asked for with every record. */
  #dataVersion(): number {
    return this.statement<[], { data_version: number }>('PRAGMA data_version').get()?.data_version ?? 0
  }

  /** Outside any transaction: others may write meanwhile. */
  checkpoint(): void {
    if (!this.db.inTransaction) this.#leaveLog(() => this.db.pragma('wal_checkpoint(PASSIVE)'))
  }

  /** Changes whenever model, settings or plug-ins may have: with every commit of another connection, and with our own of that kind. */
  metadataMark(): string {
    return `${this.#dataVersion()}.${this.#metadataChanges}`
  }

  /** To be called with each change of model or settings on this connection. */
  metadataChanged(): void {
    this.#metadataChanges++
    this.#generation++
    this.#statements.clear()
  }

  /** To be called with each change of plug-ins on this connection: no table is another, so that statements stay. */
  pluginsChanged(): void {
    this.#metadataChanges++
  }

  close(): void {
    this.#statements.clear()
    this.db.close()
  }
}

/**
 * A table's statements, put together once for each connection: some are asked for with every record, and looking each of them up by its
 * text takes longer than running it.
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

/** A name from the model as an SQL identifier. Names are checked when they enter the model. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
