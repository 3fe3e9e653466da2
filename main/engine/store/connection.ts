import type Database from 'better-sqlite3'
import type { WriteTurns } from '../engine.ts'
import { storeError } from './store-error.ts'

export type Statement<P, R = unknown> = P extends unknown[] ? Database.Statement<P, R> : Database.Statement<[P], R>

/**
 * One SQLite connection to one environment. Statements are kept by their text, because the tables of the model are only
 * known at run time; write transactions are counted, so that a plan can tell whether anything was committed since.
 */
export class Connection {
  readonly db: Database.Database
  #statements = new Map<string, Database.Statement>()
  readonly #turns: WriteTurns | undefined
  #commits = 0

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

  /** Statements over a table that is about to go or change must not be kept. */
  forgetStatements(): void {
    this.#statements.clear()
  }

  /** Runs in one write transaction, begun IMMEDIATE. Synchronous: a promise does not fit the type. */
  write<T>(change: () => T extends PromiseLike<unknown> ? never : T): T {
    if (this.db.inTransaction) return change()
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
      this.db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      this.#turns?.leave()
      throw storeError(error, this.db.name)
    }
  }

  commit(): void {
    this.db.exec('COMMIT')
    this.#commits++
    this.#turns?.leave()
  }

  rollback(): void {
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
    return `${this.db.pragma('data_version', { simple: true })}.${this.#commits}`
  }

  /** Outside any transaction: others may write meanwhile. */
  checkpoint(): void {
    if (!this.db.inTransaction) this.db.pragma('wal_checkpoint(PASSIVE)')
  }

  close(): void {
    this.#statements.clear()
    this.db.close()
  }
}

/** A name from the model as an SQL identifier. Names are checked when they enter the model. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
