/**
 * Bulk loading: how importers, the generator and scenarios put rows into the store. Rows are stored as given: no
 * plug-ins, no security checks, no cascades.
 */

/** A row's number inside the store; unique over all tables of an environment and never used again. */
export type RowNumber = number

/** What a column takes. A lookup or an owner is a table and a row number; dates are milliseconds; choices of several are a list. */
export type LoadValue = string | number | boolean | null | number[] | { table: string; row: RowNumber }
export type LoadValues = Record<string, LoadValue>

/** One write transaction over rows of many tables. Everything is kept by `commit`, or nothing is. */
export interface RecordLoader {
  find(table: string, guid: string): RowNumber | undefined
  /** Rows whose primary name equals this, case ignored. */
  findByName(table: string, name: string): RowNumber[]
  /** User or team with this name. */
  findOwner(name: string): { table: 'systemuser' | 'team'; row: RowNumber } | undefined
  /** Left out: state (active), owner (admin), owning business unit (the owner's), created and modified (now, admin). */
  insert(table: string, guid: string, values: LoadValues): RowNumber
  update(table: string, row: RowNumber, values: LoadValues): void
  /** A row that others point to and nobody has delivered yet. A later `update` makes it a real one. */
  insertStub(table: string, guid: string, name: string | null, reason: string): RowNumber
  isStub(row: RowNumber): boolean
  /** A number that stands for a row which does not exist: the end of a dangling link, with its GUID kept. */
  danglingTarget(table: string, guid: string): RowNumber
  /** Adds a row to an intersect table of an N:N relationship; says whether it was new. */
  link(intersectTable: string, first: RowNumber, second: RowNumber): boolean
  /** Rows of a table that match, in creation order. Values as in `insert`. */
  rows(table: string, where?: LoadValues): RowNumber[]
  commit(): void
  rollback(): void
}
