import type { RowNumber } from '../contract/loader.ts'
import type { ManyToManyDefinition } from '../contract/tables.ts'
import type { Selection } from './changes.ts'
import { linkTable, ROW } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'

export type Side = 'first' | 'second'

/** A link as it is stored: a row on each side. */
export interface StoredLink {
  first: RowNumber
  second: RowNumber
}

const isReflexive = ({ firstTable, secondTable }: ManyToManyDefinition): boolean => firstTable === secondTable

const nameOf = ({ intersectTable }: ManyToManyDefinition): string => quoted(linkTable(intersectTable))

/** Adds a link. Returns whether it was new: one of a table with itself is the same from either side. */
export function addLink(connection: Connection, relation: ManyToManyDefinition, { first, second }: StoredLink): boolean {
  const reversed = isReflexive(relation)
    ? ` WHERE NOT EXISTS (SELECT 1 FROM ${nameOf(relation)} WHERE first = :second AND second = :first)`
    : ''
  const sql = `INSERT OR IGNORE INTO ${nameOf(relation)} (first, second) SELECT :first, :second${reversed}`
  return connection.statement<StoredLink>(sql).run({ first, second }).changes > 0
}

/** Removes a link. Returns whether there was one. */
export function removeLink(connection: Connection, relation: ManyToManyDefinition, { first, second }: StoredLink): boolean {
  const reversed = isReflexive(relation) ? ' OR (first = :second AND second = :first)' : ''
  const sql = `DELETE FROM ${nameOf(relation)} WHERE (first = :first AND second = :second)${reversed}`
  return connection.statement<StoredLink>(sql).run({ first, second }).changes > 0
}

/** Returns a page of the rows that are linked with one, in the order of creation, and their number. */
export function findLinked(
  connection: Connection,
  relation: ManyToManyDefinition,
  side: Side,
  row: RowNumber,
  { offset, limit }: { offset: number; limit: number },
): { rows: RowNumber[]; total: number } {
  const name = nameOf(relation)
  const forth = `SELECT ${side === 'first' ? 'second' : 'first'} AS row FROM ${name} WHERE ${side} = :row`
  const linked = isReflexive(relation)
    ? `SELECT second AS row FROM ${name} WHERE first = :row UNION SELECT first FROM ${name} WHERE second = :row`
    : forth
  const page = connection.statement<{ row: number; offset: number; limit: number }, { row: number }>(
    `SELECT row FROM (${linked}) ORDER BY row LIMIT :limit OFFSET :offset`,
  )
  const count = connection.statement<{ row: number }, { total: number }>(`SELECT count(*) AS total FROM (${linked})`)
  return { rows: page.all({ row, offset, limit }).map((found) => found.row), total: count.get({ row })?.total ?? 0 }
}

/** Removes the links that hang on these rows, on one side. */
export function removeLinksOf(connection: Connection, relation: ManyToManyDefinition, side: Side, rows: Selection): void {
  const sql = `DELETE FROM ${nameOf(relation)} WHERE ${rows.in(side)}`
  ;(connection.statement(sql) as unknown as Statement<(number | string)[]>).run(...rows.parameters)
}

/** Moves one row's links on one side to another row, without duplicating those that it has. */
export function moveLinks(connection: Connection, relation: ManyToManyDefinition, side: Side, from: RowNumber, to: RowNumber): void {
  const name = nameOf(relation)
  connection.statement<[number, number]>(`UPDATE OR IGNORE ${name} SET ${side} = ? WHERE ${side} = ?`).run(to, from)
  connection.statement<[number]>(`DELETE FROM ${name} WHERE ${side} = ?`).run(from)
  if (!isReflexive(relation)) return
  const reversed = `EXISTS (SELECT 1 FROM ${name} other WHERE other.first = ${name}.second AND other.second = ${name}.first)`
  const sql = `DELETE FROM ${name} WHERE first > second AND (first = :row OR second = :row) AND ${reversed}`
  connection.statement<{ row: number }>(sql).run({ row: to })
}

/** Returns how many links lead to a row that is not there. */
export function countBrokenLinks(connection: Connection, relation: ManyToManyDefinition): number {
  const missing = (side: Side, table: string) => `${side} NOT IN (SELECT ${ROW} FROM ${quoted(table)})`
  const sql = `SELECT count(*) AS count FROM ${nameOf(relation)} WHERE ${missing('first', relation.firstTable)} OR ${missing('second', relation.secondTable)}`
  return connection.statement<[], { count: number }>(sql).get()?.count ?? 0
}
