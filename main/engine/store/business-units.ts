import type { RowNumber } from '../contract/loader.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'

/** The tree of business units. A unit without a parent that is not the first one hangs on nothing. */

/** Returns the root: the first business unit. */
export function rootUnit(connection: Connection): RowNumber | null {
  return connection.statement<[], { row: number }>(`SELECT ${ROW} AS row FROM businessunit ORDER BY ${ROW} LIMIT 1`).get()?.row ?? null
}

const BELOW = `WITH RECURSIVE below (row) AS (VALUES (?) UNION SELECT u.${ROW} FROM below JOIN businessunit u ON u.parentbusinessunitid = below.row)`

/** Returns a business unit with all units below it. */
export function unitsFrom(connection: Connection, unit: RowNumber): RowNumber[] {
  return connection
    .statement<[number], { row: number }>(`${BELOW} SELECT row FROM below`)
    .all(unit)
    .map(({ row }) => row)
}

export function setParentUnit(connection: Connection, unit: RowNumber, parent: RowNumber): void {
  connection.statement<[number, number]>(`UPDATE businessunit SET parentbusinessunitid = ? WHERE ${ROW} = ?`).run(parent, unit)
  connection.securityChanged()
}

/** Disables or enables a business unit. While it is disabled, its users can do nothing and its teams own nothing new. */
export function setUnitDisabled(connection: Connection, unit: RowNumber, isDisabled: boolean): void {
  connection.statement<[number, number]>(`UPDATE businessunit SET isdisabled = ? WHERE ${ROW} = ?`).run(Number(isDisabled), unit)
  connection.securityChanged()
}
