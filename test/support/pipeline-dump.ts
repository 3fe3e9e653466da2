import Database from 'better-sqlite3'

/** Every row of every table by table, with what the engine keeps for itself. */
export type Dump = Record<string, string[]>

/** Another program that reads a file: what is committed at this moment. */
export class Outside {
  readonly #reader: Database.Database

  constructor(path: string) {
    this.#reader = new Database(path, { readonly: true })
  }

  rows<T = unknown>(sql: string, ...parameters: unknown[]): T[] {
    return this.#reader.prepare(sql).all(...parameters) as T[]
  }

  dump(): Dump {
    const tables = this.rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return Object.fromEntries(
      tables.map(({ name }) => [
        name,
        this.rows<object>(`SELECT * FROM "${name}"`)
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    )
  }

  close(): void {
    this.#reader.close()
  }
}

export const without = (dump: Dump, tables: readonly string[]): Dump =>
  Object.fromEntries(Object.entries(dump).filter(([table]) => !tables.includes(table)))

/** What a refusal leaves: all tables but the trace log. */
export const withoutLog = (dump: Dump): Dump => without(dump, ['_step_run'])
