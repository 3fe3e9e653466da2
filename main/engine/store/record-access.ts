import type { RowNumber } from '../contract/loader.ts'
import type { AccessRight, TablePrivilege } from '../contract/security.ts'
import { ACCESS_RIGHTS } from '../contract/security.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import { RIGHT_BITS } from '../security/rights.ts'
import type { CallerRights } from './caller-rights.ts'
import type { Selection } from './changes.ts'
import { runOf } from './changes.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'

/** A condition of SQL about a row. */
export interface Condition {
  sql: string
  parameters: string[]
}

/**
 * Returns the condition that somebody has a privilege on a row of a table, which is called `alias` in the statement; `null` where they
 * have it on every row. This is the one place that decides about access to records, one or many: by ownership, the team's ownership, the
 * depth of a role over the row's business unit, or a share, direct or inherited. Source: dataverse reference, section 4.2.
 */
export function accessCondition(rights: CallerRights, table: CompiledTable, privilege: TablePrivilege, alias: string): Condition | null {
  const reach = rights.reach(table, privilege)
  if (reach.kind === 'all') return null
  if (reach.kind === 'none') return { sql: '0', parameters: [] }
  const principals = JSON.stringify(rights.principals)
  const owned = { sql: `${alias}.ownerid IN ${LIST}`, parameters: [principals] }
  const inUnits =
    reach.units.length === 0 ? [] : [{ sql: `${alias}.owningbusinessunit IN ${LIST}`, parameters: [JSON.stringify(reach.units)] }]
  const shared = privilege === 'Create' || !rights.hasShares ? [] : [sharedCondition(principals, RIGHT_BITS[privilege], alias)]
  const parts = [owned, ...inUnits, ...shared]
  return { sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`, parameters: parts.flatMap(({ parameters }) => parameters) }
}

const LIST = '(SELECT value FROM json_each(?))'

const sharedCondition = (principals: string, bit: number, alias: string): Condition => ({
  sql: `EXISTS (SELECT 1 FROM _access a WHERE a.object = ${alias}.${ROW} AND a.principal IN ${LIST} AND (a.direct | a.inherited) & ${bit})`,
  parameters: [principals],
})

/** Returns the first of these rows, by number, on which a privilege is missing. Rows that are gone are left out. */
export function findDenied(
  connection: Connection,
  rights: CallerRights,
  table: CompiledTable,
  privilege: TablePrivilege,
  rows: Selection,
  limit: number,
): RowNumber[] {
  const allowed = accessCondition(rights, table, privilege, 't')
  if (allowed === null) return []
  const sql = `SELECT t.${ROW} AS row ${deniedFrom(table, rows, allowed)} ORDER BY t.${ROW} LIMIT ${limit}`
  return connection
    .statement<(number | string)[], { row: number }>(sql)
    .all(...rows.parameters, ...allowed.parameters)
    .map(({ row }) => row)
}

/** Counts those of these rows on which a privilege is missing. */
export function countDenied(
  connection: Connection,
  rights: CallerRights,
  table: CompiledTable,
  privilege: TablePrivilege,
  rows: Selection,
): number {
  const allowed = accessCondition(rights, table, privilege, 't')
  if (allowed === null) return 0
  const sql = `SELECT count(*) AS count ${deniedFrom(table, rows, allowed)}`
  const found = connection.statement<(number | string)[], { count: number }>(sql).get(...rows.parameters, ...allowed.parameters)
  return found?.count ?? 0
}

const deniedFrom = (table: CompiledTable, rows: Selection, { sql }: Condition): string =>
  `FROM ${quoted(table.definition.logicalName)} t WHERE ${rows.in(`t.${ROW}`)} AND ${sql} IS NOT TRUE`

/** Returns whether there is a privilege on one row. */
export const isAllowed = (
  connection: Connection,
  rights: CallerRights,
  table: CompiledTable,
  privilege: TablePrivilege,
  row: RowNumber,
): boolean => findDenied(connection, rights, table, privilege, runOf(row, row), 1).length === 0

/** Returns whether there is a privilege on a row that does not exist yet, which this owner of this business unit would have. */
export function isAllowedFor(
  connection: Connection,
  rights: CallerRights,
  table: CompiledTable,
  privilege: TablePrivilege,
  row: { owner: RowNumber | null; unit: RowNumber | null },
): boolean {
  const allowed = accessCondition(rights, table, privilege, 't')
  if (allowed === null) return true
  const sql = `SELECT ${allowed.sql} AS allowed FROM (SELECT NULL AS ${ROW}, ? AS ownerid, ? AS owningbusinessunit) t`
  const found = connection
    .statement<(number | string | null)[], { allowed: number | null }>(sql)
    .get(...allowed.parameters, row.owner, row.unit)
  return found?.allowed === 1
}

/** Returns the rights that somebody has to one row. Rows without an owner can be neither assigned nor shared. */
export const rightsTo = (connection: Connection, rights: CallerRights, table: CompiledTable, row: RowNumber): AccessRight[] =>
  ACCESS_RIGHTS.filter(
    (right) => (table.hasOwner || (right !== 'Assign' && right !== 'Share')) && isAllowed(connection, rights, table, right, row),
  )
