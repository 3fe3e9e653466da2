import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import { keepsTarget, ROW, targetColumn } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'
import { forgetPrincipals, isPrincipalTable } from './new-principals.ts'

/** Some rows, as an SQL condition that a column holds one of their numbers. */
export interface Selection {
  in(column: string): string
  parameters: (number | string)[]
}

/** Selects rows with consecutive numbers. Numbers are unique over all tables, so none in between belongs to another table. */
export const runOf = (first: RowNumber, last: RowNumber): Selection => ({
  in: (column) => `${column} BETWEEN ? AND ?`,
  parameters: [first, last],
})

export const rowsOf = (rows: RowNumber[]): Selection => ({
  in: (column) => `${column} IN (SELECT value FROM json_each(?))`,
  parameters: [JSON.stringify(rows)],
})

/** A row with the parent that it had when it was planned. */
export interface PlannedChild {
  row: RowNumber
  parent: RowNumber
}

/** Who changes the rows and when. */
export interface Change {
  nowMs: number
  caller: RowNumber
}

type Parameters = (number | string | null)[]

const run = (connection: Connection, sql: string, parameters: Parameters): number =>
  (connection.statement(sql) as unknown as Statement<Parameters>).run(...parameters).changes

/** Pairs of row and parent as a table, given as one parameter. */
const PAIRS = '(SELECT value ->> 0 AS row, value ->> 1 AS parent FROM json_each(?))'

const pairs = (children: PlannedChild[]): string => JSON.stringify(children.map(({ row, parent }) => [row, parent]))

/** Sets owner and business unit of these rows; `undefined` leaves one as it is. Returns the number of rows. */
export function setOwner(
  connection: Connection,
  table: CompiledTable,
  rows: Selection,
  owner: RowNumber | undefined,
  unit: RowNumber | null | undefined,
  { nowMs, caller }: Change,
): number {
  const set: [column: string, value: number | null][] = [
    ...(owner === undefined ? [] : ([['ownerid', owner]] as [string, number][])),
    ['modifiedon', nowMs],
    ['modifiedby', caller],
    ...(unit === undefined ? [] : ([['owningbusinessunit', unit]] as [string, number | null][])),
  ]
  const columns = set.map(([column]) => `${column} = ?`).join(', ')
  return run(connection, `UPDATE ${quoted(table.definition.logicalName)} SET ${columns} WHERE ${rows.in(ROW)}`, [
    ...set.map(([, value]) => value),
    ...rows.parameters,
  ])
}

/** Deletes rows with what the store keeps of them beside their table. The default team of a business unit goes with it. */
export function deleteRows(connection: Connection, table: CompiledTable, rows: Selection): number {
  run(connection, `DELETE FROM _record_stub WHERE ${rows.in('row')}`, rows.parameters)
  run(connection, `DELETE FROM _access WHERE ${rows.in('object')}`, rows.parameters)
  if (table.definition.logicalName === 'businessunit') deleteDefaultTeams(connection, rows)
  if (isPrincipalTable(table)) forgetPrincipals(connection, rows)
  return run(connection, `DELETE FROM ${quoted(table.definition.logicalName)} WHERE ${rows.in(ROW)}`, rows.parameters)
}

function deleteDefaultTeams(connection: Connection, units: Selection): void {
  const found = query<{ row: number }>(
    connection,
    `SELECT t.${ROW} AS row FROM team t JOIN _team k ON k.row = t.${ROW} WHERE k.kind = 'Default' AND ${units.in('t.businessunitid')}`,
    units.parameters,
  )
  const teams = rowsOf(found.map(({ row }) => row))
  const kept = `INSERT OR IGNORE INTO _dangling_target (row, table_number, guid, declared)
    SELECT ${ROW}, (SELECT number FROM _table WHERE logical_name = 'team'), teamid, 1 FROM team WHERE ${teams.in(ROW)}`
  run(connection, kept, teams.parameters)
  run(connection, `DELETE FROM team WHERE ${teams.in(ROW)}`, teams.parameters)
  forgetPrincipals(connection, teams)
}

/** Empties the lookups that point to these rows. With `touch`, also sets who modified the rows and when. */
export function removeLinks(connection: Connection, { child, attribute }: Edge, parents: Selection, touch: Change | null): number {
  const set = `${emptied(child, attribute)}${touch ? ', modifiedon = ?, modifiedby = ?' : ''}`
  return run(connection, `UPDATE ${quoted(child.definition.logicalName)} SET ${set} WHERE ${parents.in(quoted(attribute))}`, [
    ...touched(touch),
    ...parents.parameters,
  ])
}

/** Empties one lookup of these rows where it still points to the planned parent. */
export function removeLinkOf(connection: Connection, { child, attribute }: Edge, children: PlannedChild[], touch: Change | null): number {
  const set = `${emptied(child, attribute)}${touch ? ', modifiedon = ?, modifiedby = ?' : ''}`
  const name = quoted(child.definition.logicalName)
  return run(
    connection,
    `UPDATE ${name} SET ${set} FROM ${PAIRS} i WHERE ${name}.${ROW} = i.row AND ${name}.${quoted(attribute)} = i.parent`,
    [...touched(touch), pairs(children)],
  )
}

/** Changes one lookup of these rows from one row to another of the same table; rows that point elsewhere stay unchanged. */
export function moveChildren(
  connection: Connection,
  { child, attribute }: Edge,
  children: Selection,
  from: RowNumber,
  to: RowNumber,
  { nowMs, caller }: Change,
): number {
  return run(
    connection,
    `UPDATE ${quoted(child.definition.logicalName)} SET ${quoted(attribute)} = ?, modifiedon = ?, modifiedby = ? WHERE ${children.in(ROW)} AND ${quoted(attribute)} = ?`,
    [to, nowMs, caller, ...children.parameters, from],
  )
}

/** Keeps the GUIDs of rows about to be deleted to which others will still point. */
export function keepDanglingTargets(connection: Connection, edge: Edge, parents: Selection): number {
  const { definition, number } = edge.parent
  return run(
    connection,
    `INSERT OR IGNORE INTO _dangling_target (row, table_number, guid, declared)
     SELECT t.${ROW}, ${number}, t.${quoted(definition.primaryId)}, 1 FROM ${quoted(definition.logicalName)} t
     WHERE ${parents.in(`t.${ROW}`)} AND EXISTS (SELECT 1 FROM ${quoted(edge.child.definition.logicalName)} c WHERE c.${quoted(edge.attribute)} = t.${ROW})`,
    parents.parameters,
  )
}

/** Keeps the GUIDs of all these rows, because finding the rows that point to them would read whole tables. */
export function keepTargets(connection: Connection, { definition, number }: CompiledTable, rows: Selection): number {
  const sql = `INSERT OR IGNORE INTO _dangling_target (row, table_number, guid, declared)
    SELECT ${ROW}, ${number}, ${quoted(definition.primaryId)}, 1 FROM ${quoted(definition.logicalName)} WHERE ${rows.in(ROW)}`
  return run(connection, sql, rows.parameters)
}

/** Returns those of these rows that no longer exist. */
export function findMissing(
  connection: Connection,
  table: CompiledTable,
  rows: Selection,
  list: () => RowNumber[],
  expected: number,
): RowNumber[] {
  const name = quoted(table.definition.logicalName)
  const counted = query<{ count: number }>(connection, `SELECT count(*) AS count FROM ${name} WHERE ${rows.in(ROW)}`, rows.parameters)
  if (counted[0]?.count === expected) return []
  const present = new Set(
    query<{ row: number }>(connection, `SELECT ${ROW} AS row FROM ${name} WHERE ${rows.in(ROW)}`, rows.parameters).map(({ row }) => row),
  )
  return list().filter((row) => !present.has(row))
}

/** Returns the children of these rows along one edge. */
export function findChildren(connection: Connection, { child, attribute }: Edge, parents: Selection): PlannedChild[] {
  const name = quoted(attribute)
  return query(
    connection,
    `SELECT ${ROW} AS row, ${name} AS parent FROM ${quoted(child.definition.logicalName)} WHERE ${parents.in(name)}`,
    parents.parameters,
  )
}

/** Returns the children that the edge's behaviour selects by their current state and owner. */
export function findTaken(connection: Connection, edge: Edge, parents: Selection): PlannedChild[] {
  const { child, parent, attribute, behavior } = edge
  if (behavior === 'Cascade') return findChildren(connection, edge, parents)
  const name = `c.${quoted(attribute)}`
  const sameOwner =
    child.hasOwner && parent.hasOwner
      ? `c.ownerid = (SELECT p.ownerid FROM ${quoted(parent.definition.logicalName)} p WHERE p.${ROW} = ${name})`
      : '0'
  const taken = behavior === 'Active' ? `c.statecode = ${child.definition.activeState}` : sameOwner
  return query(
    connection,
    `SELECT c.${ROW} AS row, ${name} AS parent FROM ${quoted(child.definition.logicalName)} c WHERE ${parents.in(name)} AND ${taken}`,
    parents.parameters,
  )
}

/** A row whose parent is not the planned one any more, or whose planned parent no longer exists. */
export interface AstrayChild extends PlannedChild {
  current: RowNumber | null
  parentExists: boolean
}

/** Returns the rows of a merge's parenting check whose parent has changed. Deleted rows are not among them. */
export function findAstray(connection: Connection, { child, parent, attribute }: Edge, children: PlannedChild[]): AstrayChild[] {
  const sql = `
    SELECT i.row, i.parent, c.${quoted(attribute)} AS current, p.${ROW} IS NOT NULL AS parentExists
    FROM ${PAIRS} i JOIN ${quoted(child.definition.logicalName)} c ON c.${ROW} = i.row LEFT JOIN ${quoted(parent.definition.logicalName)} p ON p.${ROW} = i.parent
    WHERE c.${quoted(attribute)} IS NOT i.parent OR p.${ROW} IS NULL`
  return query<PlannedChild & { current: number | null; parentExists: number }>(connection, sql, [pairs(children)]).map((row) => ({
    ...row,
    parentExists: row.parentExists === 1,
  }))
}

const query = <R>(connection: Connection, sql: string, parameters: Parameters): R[] =>
  (connection.statement(sql) as unknown as Statement<Parameters, R>).all(...parameters)

function emptied(child: CompiledTable, attribute: string): string {
  const column = child.columns.get(attribute)
  const target = column && keepsTarget(child, column) ? `, ${quoted(targetColumn(attribute))} = NULL` : ''
  return `${quoted(attribute)} = NULL${target}`
}

const touched = (touch: Change | null): number[] => (touch ? [touch.nowMs, touch.caller] : [])

/** Returns the first child of a row along this edge that is in this state. */
export function findChildInState(
  connection: Connection,
  { child, attribute }: Edge,
  parent: RowNumber,
  state: number,
): RowNumber | undefined {
  const sql = `SELECT min(${ROW}) AS row FROM ${quoted(child.definition.logicalName)} WHERE ${quoted(attribute)} = ? AND statecode = ?`
  return connection.statement<[number, number], { row: number | null }>(sql).get(parent, state)?.row ?? undefined
}

/** Returns how many rows of a table point to one row with a lookup, without one of them. */
export function countChildren(
  connection: Connection,
  child: CompiledTable,
  attribute: string,
  parent: RowNumber,
  without: RowNumber | null = null,
): number {
  const sql = `SELECT count(*) AS count FROM ${quoted(child.definition.logicalName)} WHERE ${quoted(attribute)} = ? AND ${ROW} IS NOT ?`
  return connection.statement<[number, number | null], { count: number }>(sql).get(parent, without)?.count ?? 0
}

/** Sets one polymorphic or plain lookup of some rows to a row of another table, whatever it held. */
export function repoint(
  connection: Connection,
  { child, attribute, parent }: Edge,
  rows: RowNumber[],
  to: RowNumber,
  { nowMs, caller }: Change,
): number {
  const column = child.columns.get(attribute)
  const target = column && keepsTarget(child, column) ? `, ${quoted(targetColumn(attribute))} = ${parent.number}` : ''
  const sql = `UPDATE ${quoted(child.definition.logicalName)} SET ${quoted(attribute)} = ?${target}, modifiedon = ?, modifiedby = ? WHERE ${ROW} IN (SELECT value FROM json_each(?))`
  return connection.statement<[number, number, number, string]>(sql).run(to, nowMs, caller, JSON.stringify(rows)).changes
}
