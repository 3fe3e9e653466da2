import type { RowNumber } from '../loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import { keepsTarget, linkTable, ROW, targetColumn } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'

/** Some rows of a plan or of a job, as the end of a SELECT: `FROM … WHERE …` with its parameters. It offers row and parent. */
export interface Selection {
  from: string
  parameters: number[]
}

/** Who changes the rows and when. */
export interface Change {
  nowMs: number
  caller: RowNumber
}

type Parameters = (number | null)[]

const run = (connection: Connection, sql: string, parameters: Parameters): number => (connection.statement(sql) as unknown as Statement<Parameters>).run(...parameters).changes

const inRows = ({ from }: Selection): string => `IN (SELECT row ${from})`

/** `unit` is left as it is where undefined. Returns how many rows there were. */
export function setOwner(connection: Connection, table: CompiledTable, rows: Selection, owner: RowNumber, unit: RowNumber | null | undefined, { nowMs, caller }: Change): number {
  const setUnit = unit === undefined ? '' : ', owningbusinessunit = ?'
  const parameters = unit === undefined ? [owner, nowMs, caller] : [owner, nowMs, caller, unit]
  return run(
    connection,
    `UPDATE ${quoted(table.definition.logicalName)} SET ownerid = ?, modifiedon = ?, modifiedby = ?${setUnit} WHERE ${ROW} ${inRows(rows)}`,
    [...parameters, ...rows.parameters],
  )
}

export function deleteRows(connection: Connection, table: CompiledTable, rows: Selection): number {
  run(connection, `DELETE FROM _record_stub WHERE row ${inRows(rows)}`, rows.parameters)
  return run(connection, `DELETE FROM ${quoted(table.definition.logicalName)} WHERE ${ROW} ${inRows(rows)}`, rows.parameters)
}

/** Empties the lookups that point to these rows. `touch` counts that as a modification. */
export function removeLinks(connection: Connection, { child, attribute }: Edge, parents: Selection, touch: Change | null): number {
  const set = `${emptied(child, attribute)}${touch ? ', modifiedon = ?, modifiedby = ?' : ''}`
  return run(
    connection,
    `UPDATE ${quoted(child.definition.logicalName)} SET ${set} WHERE ${quoted(attribute)} ${inRows(parents)}`,
    [...touched(touch), ...parents.parameters],
  )
}

/** Rows that were merged into these lose their master, as by the platform's own relationship, whether or not the model has it. */
export function forgetMaster(connection: Connection, table: CompiledTable, masters: Selection, touch: Change | null): number {
  const set = `masterid = NULL${touch ? ', modifiedon = ?, modifiedby = ?' : ''}`
  return run(connection, `UPDATE ${quoted(table.definition.logicalName)} SET ${set} WHERE masterid ${inRows(masters)}`, [...touched(touch), ...masters.parameters])
}

/** Empties one lookup of these rows where it still points to the planned parent. */
export function removeLinkOf(connection: Connection, { child, attribute }: Edge, children: Selection, touch: Change | null): number {
  const set = `${emptied(child, attribute)}${touch ? ', modifiedon = ?, modifiedby = ?' : ''}`
  const name = quoted(child.definition.logicalName)
  return run(
    connection,
    `UPDATE ${name} SET ${set} FROM (SELECT row, parent ${children.from}) i WHERE ${name}.${ROW} = i.row AND ${name}.${quoted(attribute)} = i.parent`,
    [...touched(touch), ...children.parameters],
  )
}

/** Points one lookup of these rows from one row to another of the same table; rows that point elsewhere stay. */
export function moveChildren(connection: Connection, { child, attribute }: Edge, children: Selection, from: RowNumber, to: RowNumber, { nowMs, caller }: Change): number {
  return run(
    connection,
    `UPDATE ${quoted(child.definition.logicalName)} SET ${quoted(attribute)} = ?, modifiedon = ?, modifiedby = ? WHERE ${ROW} ${inRows(children)} AND ${quoted(attribute)} = ?`,
    [to, nowMs, caller, ...children.parameters, from],
  )
}

/** Keeps the GUIDs of rows about to be deleted that others will go on pointing to. */
export function keepDanglingTargets(connection: Connection, edge: Edge, parents: Selection): number {
  const { definition, number } = edge.parent
  return run(
    connection,
    `INSERT OR IGNORE INTO _dangling_target (row, table_number, guid, declared)
     SELECT t.${ROW}, ${number}, t.${quoted(definition.primaryId)}, 1 FROM ${quoted(definition.logicalName)} t
     WHERE t.${ROW} ${inRows(parents)} AND EXISTS (SELECT 1 FROM ${quoted(edge.child.definition.logicalName)} c WHERE c.${quoted(edge.attribute)} = t.${ROW})`,
    parents.parameters,
  )
}

export function deleteLinks(connection: Connection, intersectTable: string, side: 'first' | 'second', rows: Selection): number {
  return run(connection, `DELETE FROM ${quoted(linkTable(intersectTable))} WHERE ${side} ${inRows(rows)}`, rows.parameters)
}

/** Gives one row's N:N links to another, which keeps those it already had. */
export function moveLinks(connection: Connection, intersectTable: string, side: 'first' | 'second', from: RowNumber, to: RowNumber): void {
  const name = quoted(linkTable(intersectTable))
  run(connection, `UPDATE OR IGNORE ${name} SET ${side} = ? WHERE ${side} = ?`, [to, from])
  run(connection, `DELETE FROM ${name} WHERE ${side} = ?`, [from])
}

/** Planned rows that do not exist any more, in the order of the selection. */
export function findMissing(connection: Connection, table: CompiledTable, rows: Selection): RowNumber[] {
  const sql = `SELECT row ${rows.from} AND NOT EXISTS (SELECT 1 FROM ${quoted(table.definition.logicalName)} t WHERE t.${ROW} = row)`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number }>).all(...rows.parameters).map(({ row }) => row)
}

/** Children of these rows along one edge, with the parent that each has. */
export function findChildren(connection: Connection, edge: Edge, parents: Selection, limit: number): { row: RowNumber; parent: RowNumber }[] {
  const sql = `SELECT c.${ROW} AS row, p.row AS parent FROM (SELECT row ${parents.from}) p CROSS JOIN ${quoted(edge.child.definition.logicalName)} c ON c.${quoted(edge.attribute)} = p.row LIMIT ${limit}`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number; parent: number }>).all(...parents.parameters)
}

/** For rows that a merge checks: where each one's lookup points now, beside the parent that it had when it was planned. */
export function findParents(connection: Connection, edge: Edge, children: Selection): { row: RowNumber; planned: RowNumber; current: RowNumber | null; exists: number }[] {
  const { child, parent, attribute } = edge
  const sql = `
    SELECT i.row, i.parent AS planned, c.${quoted(attribute)} AS current, EXISTS (SELECT 1 FROM ${quoted(parent.definition.logicalName)} p WHERE p.${ROW} = i.parent) AS "exists"
    FROM (SELECT row, parent ${children.from}) i JOIN ${quoted(child.definition.logicalName)} c ON c.${ROW} = i.row
    WHERE c.${quoted(attribute)} IS NOT i.parent OR NOT EXISTS (SELECT 1 FROM ${quoted(parent.definition.logicalName)} p WHERE p.${ROW} = i.parent)`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number; planned: number; current: number | null; exists: number }>).all(...children.parameters)
}

function emptied(child: CompiledTable, attribute: string): string {
  const column = child.columns.get(attribute)
  const target = column && keepsTarget(child, column) ? `, ${quoted(targetColumn(attribute))} = NULL` : ''
  return `${quoted(attribute)} = NULL${target}`
}

const touched = (touch: Change | null): number[] => (touch ? [touch.nowMs, touch.caller] : [])

/** Whether a row has a child along this edge in this state. */
export function childInState(connection: Connection, { child, attribute }: Edge, parent: RowNumber, state: number): boolean {
  const sql = `SELECT 1 FROM ${quoted(child.definition.logicalName)} WHERE ${quoted(attribute)} = ? AND statecode = ? LIMIT 1`
  return (connection.statement(sql) as unknown as Statement<Parameters>).get(parent, state) !== undefined
}

/** Points one polymorphic or plain lookup of some rows to a row of another table, whatever it held. */
export function repoint(connection: Connection, { child, attribute, parent }: Edge, rows: RowNumber[], to: RowNumber, { nowMs, caller }: Change): number {
  const column = child.columns.get(attribute)
  const target = column && keepsTarget(child, column) ? `, ${quoted(targetColumn(attribute))} = ${parent.number}` : ''
  const sql = `UPDATE ${quoted(child.definition.logicalName)} SET ${quoted(attribute)} = ?${target}, modifiedon = ?, modifiedby = ? WHERE ${ROW} IN (SELECT value FROM json_each(?))`
  return connection.statement<[number, number, number, string]>(sql).run(to, nowMs, caller, JSON.stringify(rows)).changes
}
