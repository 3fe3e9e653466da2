/**
 * Bulk loading, by which importers, the generator and scenarios write rows. Rows are stored as given: no plug-ins, no
 * security checks, no cascades.
 */

/** A row's number inside the store; unique over all tables of an environment and never used again. */
export type RowNumber = number

/** A value for a column. A lookup or an owner is a table and a row number; dates are milliseconds; a multi-choice is a list. */
export type LoadValue = string | number | boolean | null | number[] | { table: string; row: RowNumber }
export type LoadValues = Record<string, LoadValue>

/** One write transaction over rows of many tables. `commit` keeps all rows; without it none is kept. */
export interface RecordLoader {
  find(table: string, guid: string): RowNumber | undefined
  /** Returns the rows with this primary name, ignoring case. */
  findByName(table: string, name: string): RowNumber[]
  /** User or team with this name. */
  findOwner(name: string): { table: 'systemuser' | 'team'; row: RowNumber } | undefined
  /** Inserts a row. Defaults: state active, owner admin, business unit of the owner, created and modified now by admin. */
  insert(table: string, guid: string, values: LoadValues): RowNumber
  update(table: string, row: RowNumber, values: LoadValues): void
  /** Inserts a row that others point to and whose data is missing. A later `update` turns it into a complete one. */
  insertStub(table: string, guid: string, name: string | null, reason: string): RowNumber
  isStub(row: RowNumber): boolean
  /** Returns a number that stands for a missing row, the end of a dangling link, and keeps its GUID. */
  danglingTarget(table: string, guid: string): RowNumber
  /** Adds a row to an intersect table of an N:N relationship. Returns whether it was new. */
  link(intersectTable: string, first: RowNumber, second: RowNumber): boolean
  /** Returns the matching rows of a table, in the order of creation. Values are those of `insert`. */
  rows(table: string, where?: LoadValues): RowNumber[]
  commit(): void
  rollback(): void
}
