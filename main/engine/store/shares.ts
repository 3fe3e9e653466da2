import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import { ALL_RIGHTS } from '../security/rights.ts'
import type { Selection } from './changes.ts'
import { ROW } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'

/** What records were shared with, one by one: the platform's PrincipalObjectAccess. Source: dataverse reference, section 1.9. */

export interface ShareRow {
  principal: RowNumber
  direct: number
  inherited: number
}

/** Rights that somebody gets to records. */
export interface Grant {
  principal: RowNumber
  mask: number
}

type Parameters = (number | string | null)[]

/** Runs a change. What somebody was shared with is a part of their rights, which are then read again. */
function run(connection: Connection, sql: string, parameters: Parameters): number {
  const { changes } = (connection.statement(sql) as unknown as Statement<Parameters>).run(...parameters)
  if (changes > 0) connection.securityChanged()
  return changes
}

/** Returns with whom a record is shared, directly or by inheritance. */
export const sharesOf = (connection: Connection, object: RowNumber): ShareRow[] =>
  connection
    .statement<[number], ShareRow>('SELECT principal, direct, inherited FROM _access WHERE object = ? ORDER BY principal')
    .all(object)

/** Returns whether anything was shared with one of these users and teams. */
export const isSharedWith = (connection: Connection, principals: readonly RowNumber[]): boolean =>
  connection
    .statement<[string]>('SELECT 1 FROM _access WHERE principal IN (SELECT value FROM json_each(?)) LIMIT 1')
    .get(JSON.stringify(principals)) !== undefined

/** Returns whether anything is shared at all: where nothing is, nothing can be lost. */
export const anythingShared = (connection: Connection): boolean =>
  connection.statement<[]>('SELECT 1 FROM _access LIMIT 1').get() !== undefined

/** Adds rights with which a record is shared directly. */
export function addDirect(connection: Connection, object: RowNumber, { principal, mask }: Grant, nowMs: number): void {
  run(
    connection,
    `INSERT INTO _access (object, principal, direct, inherited, changedon) VALUES (?, ?, ?, 0, ?)
     ON CONFLICT (object, principal) DO UPDATE SET direct = direct | excluded.direct, changedon = excluded.changedon`,
    [object, principal, mask, nowMs],
  )
}

/** Replaces the rights with which a record is shared directly; none removes the share. */
export function setDirect(connection: Connection, object: RowNumber, { principal, mask }: Grant, nowMs: number): void {
  run(
    connection,
    `INSERT INTO _access (object, principal, direct, inherited, changedon) VALUES (?, ?, ?, 0, ?)
     ON CONFLICT (object, principal) DO UPDATE SET direct = excluded.direct, changedon = excluded.changedon`,
    [object, principal, mask, nowMs],
  )
  run(connection, 'DELETE FROM _access WHERE object = ? AND principal = ? AND direct = 0 AND inherited = 0', [object, principal])
}

/** Shares each of these rows with its owner, who is about to lose it to somebody else. */
export function shareWithOwners(connection: Connection, table: CompiledTable, rows: Selection, except: RowNumber, nowMs: number): void {
  run(
    connection,
    `INSERT INTO _access (object, principal, direct, inherited, changedon)
     SELECT t.${ROW}, t.ownerid, ${ALL_RIGHTS}, 0, ? FROM ${quoted(table.definition.logicalName)} t WHERE ${rows.in(`t.${ROW}`)} AND t.ownerid <> ?
     ON CONFLICT (object, principal) DO UPDATE SET direct = direct | excluded.direct, changedon = excluded.changedon`,
    [nowMs, ...rows.parameters, except],
  )
}

/**
 * Returns those of these rows, children along an edge of a parent with this owner, that somebody can inherit access to: those that the
 * behaviour selects and that are not the principal's own.
 */
export function rowsToInherit(
  connection: Connection,
  { child, behavior }: Edge,
  rows: Selection,
  { principal }: Grant,
  parentOwner: RowNumber | null,
): RowNumber[] {
  const active = behavior === 'Active' ? ` AND t.statecode = ${child.definition.activeState}` : ''
  const sameOwner = behavior === 'UserOwned' ? ' AND t.ownerid = ?' : ''
  const sql = `SELECT t.${ROW} AS row FROM ${quoted(child.definition.logicalName)} t WHERE ${rows.in(`t.${ROW}`)} AND t.ownerid IS NOT ?${active}${sameOwner}`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number }>)
    .all(...rows.parameters, principal, ...(sameOwner ? [parentOwner] : []))
    .map(({ row }) => row)
}

/**
 * Returns those of these rows that point to a parent along an edge. With `owned`, leaves out those of the owner of that row of the parent's
 * table, who has nothing to inherit.
 */
export function rowsPointingTo(
  connection: Connection,
  { child, parent, attribute }: Edge,
  rows: Selection,
  target: RowNumber,
  owned: RowNumber | null,
): RowNumber[] {
  const others =
    owned === null ? '' : ` AND t.ownerid IS NOT (SELECT p.ownerid FROM ${quoted(parent.definition.logicalName)} p WHERE p.${ROW} = ?)`
  const sql = `SELECT t.${ROW} AS row FROM ${quoted(child.definition.logicalName)} t WHERE ${rows.in(`t.${ROW}`)} AND t.${quoted(attribute)} = ?${others}`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number }>)
    .all(...rows.parameters, target, ...(owned === null ? [] : [owned]))
    .map(({ row }) => row)
}

/** Returns the owners of these rows. */
export function ownersOf(connection: Connection, table: CompiledTable, rows: Selection): RowNumber[] {
  const sql = `SELECT DISTINCT ownerid AS owner FROM ${quoted(table.definition.logicalName)} WHERE ${rows.in(ROW)} AND ownerid IS NOT NULL`
  return (connection.statement(sql) as unknown as Statement<Parameters, { owner: number }>)
    .all(...rows.parameters)
    .map(({ owner }) => owner)
}

/** Adds inherited rights to these rows, for everybody but their owner. Returns the number of rows that it changed. */
export function addInherited(
  connection: Connection,
  table: CompiledTable,
  rows: Selection,
  { principal, mask }: Grant,
  nowMs: number,
): number {
  return run(
    connection,
    `INSERT INTO _access (object, principal, direct, inherited, changedon)
     SELECT t.${ROW}, ?, 0, ?, ? FROM ${quoted(table.definition.logicalName)} t WHERE ${rows.in(`t.${ROW}`)} AND t.ownerid IS NOT ?
     ON CONFLICT (object, principal) DO UPDATE SET inherited = inherited | excluded.inherited, changedon = excluded.changedon
     WHERE inherited | excluded.inherited <> inherited`,
    [principal, mask, nowMs, ...rows.parameters, principal],
  )
}

/**
 * Takes inherited rights away from these rows as far as no parent gives them any more: neither as its owner's nor as shared. `edges` are
 * the relationships by which the rows inherit; with `principal`, only the rights of that user or team. Returns the rows that have lost something.
 */
export function removeUnjustified(
  connection: Connection,
  table: CompiledTable,
  edges: readonly Edge[],
  rows: Selection,
  nowMs: number,
  principal: RowNumber | null = null,
): RowNumber[] {
  const given = edges.length === 0 ? '0' : edges.map(givenBy).join(' | ')
  const of = principal === null ? '' : ' AND x.principal = ?'
  const found = `SELECT x.object, x.principal, x.inherited & (${given}) AS kept FROM _access x JOIN ${quoted(table.definition.logicalName)} t ON t.${ROW} = x.object
    WHERE ${rows.in('x.object')} AND x.inherited <> 0${of}`
  const parameters = [...rows.parameters, ...(principal === null ? [] : [principal])]
  const update = `UPDATE _access SET inherited = f.kept, changedon = ? FROM (${found}) f
     WHERE _access.object = f.object AND _access.principal = f.principal AND _access.inherited <> f.kept RETURNING _access.object AS row`
  const changed = (connection.statement(update) as unknown as Statement<Parameters, { row: number }>).all(nowMs, ...parameters)
  if (changed.length > 0)
    run(connection, `DELETE FROM _access WHERE ${rows.in('object')} AND direct = 0 AND inherited = 0`, rows.parameters)
  return [...new Set(changed.map(({ row }) => row))]
}

/** The rights that a parent gives to the principal of `x`: all to its owner where Reparent cascades, and what it is shared with. */
function givenBy({ parent, attribute, relationship }: Edge): string {
  const above = `t.${quoted(attribute)}`
  const shared = `coalesce((SELECT a.direct | a.inherited FROM _access a WHERE a.object = ${above} AND a.principal = x.principal), 0)`
  if (relationship.definition.cascade.Reparent === 'NoCascade') return shared
  const owner = `SELECT p.ownerid FROM ${quoted(parent.definition.logicalName)} p WHERE p.${ROW} = ${above}`
  return `${shared} | CASE WHEN (${owner}) = x.principal THEN ${ALL_RIGHTS} ELSE 0 END`
}

/** Returns the children of these rows along one edge that somebody inherits access to. */
export function childrenWithInherited(connection: Connection, { child, attribute }: Edge, parents: Selection): RowNumber[] {
  const sql = `SELECT DISTINCT c.${ROW} AS row FROM ${quoted(child.definition.logicalName)} c JOIN _access a ON a.object = c.${ROW}
    WHERE ${parents.in(`c.${quoted(attribute)}`)} AND a.inherited <> 0`
  return (connection.statement(sql) as unknown as Statement<Parameters, { row: number }>).all(...parents.parameters).map(({ row }) => row)
}

/** Returns rows of a table after a row number that inherit access and have a value in a lookup. */
export function inheritingRows(
  connection: Connection,
  table: CompiledTable,
  attribute: string,
  after: RowNumber,
  limit: number,
): RowNumber[] {
  const sql = `SELECT DISTINCT a.object AS row FROM _access a JOIN ${quoted(table.definition.logicalName)} t ON t.${ROW} = a.object
    WHERE a.object > ? AND a.inherited <> 0 AND t.${quoted(attribute)} IS NOT NULL ORDER BY a.object LIMIT ?`
  return connection
    .statement<[number, number], { row: number }>(sql)
    .all(after, limit)
    .map(({ row }) => row)
}

/** Returns how many users and teams inherit access to records, counted for each record. */
export const countInherited = (connection: Connection): number =>
  connection.statement<[], { count: number }>('SELECT count(*) AS count FROM _access WHERE inherited <> 0').get()?.count ?? 0
