import { z } from 'zod'
import { errorText } from '#text/english/errors'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { Depth, Role, RolePrivileges, TablePrivilege } from '../contract/security.ts'
import { DEPTHS, OTHER_TABLES } from '../contract/security.ts'
import { checkedRow, checkedRows, flag, guid, integer, name } from './checked-rows.ts'
import type { Connection } from './connection.ts'
import { bytesToGuid, guidToBytes, isGuid } from './guid.ts'

/** Roles with their privileges, and who holds them. */

const roleShape = z.object({ number: integer, guid, name, is_administrator: flag, origin: z.string().nullable() })
export type RoleRow = z.infer<typeof roleShape>

const privilegeShape = z.object({ table_name: z.string(), privilege: name, depth: z.int().min(0).max(4) })

const SELECT = 'SELECT number, guid, name, is_administrator, origin FROM _role'

/** Number of the role System Administrator. */
export const ADMINISTRATOR = 1

export const toRole = (row: RoleRow): Role => ({
  id: bytesToGuid(row.guid),
  name: row.name,
  isAdministrator: row.is_administrator === 1,
  origin: row.origin,
})

/** Returns all roles by name, System Administrator first. */
export function readRoles(connection: Connection): RoleRow[] {
  const rows = connection.statement<[], object>(`${SELECT} ORDER BY is_administrator DESC, name COLLATE NOCASE`).all()
  return checkedRows(connection, '_role', roleShape, rows)
}

/** Returns a role by GUID or name, ignoring case. @throws INPUT_INVALID if there is none */
export function getRole(connection: Connection, role: string): RoleRow {
  const found = isGuid(role)
    ? connection.statement<[Buffer], object>(`${SELECT} WHERE guid = ?`).get(guidToBytes(role))
    : connection.statement<[string], object>(`${SELECT} WHERE name = ?`).get(role)
  if (found) return checkedRow(connection, '_role', roleShape, found)
  throw new EngineError('INPUT_INVALID', errorText.roleUnknown({ role }), { hint: errorText.roleUnknownHint, details: { role } })
}

export function findRole(connection: Connection, roleName: string): RoleRow | undefined {
  const found = connection.statement<[string], object>(`${SELECT} WHERE name = ?`).get(roleName)
  return found && checkedRow(connection, '_role', roleShape, found)
}

export const isRoleId = (connection: Connection, id: string): boolean =>
  connection.statement<[Buffer]>('SELECT 1 FROM _role WHERE guid = ?').get(guidToBytes(id)) !== undefined

export function insertRole(connection: Connection, role: { id: string; name: string; origin: string | null }): number {
  const { lastInsertRowid } = connection
    .statement<[Buffer, string, string | null]>('INSERT INTO _role (guid, name, is_administrator, origin) VALUES (?, ?, 0, ?)')
    .run(guidToBytes(role.id), role.name, role.origin)
  connection.securityChanged()
  return Number(lastInsertRowid)
}

export function deleteRole(connection: Connection, role: number): void {
  for (const table of ['_role_holder', '_role_privilege']) connection.statement<[number]>(`DELETE FROM ${table} WHERE role = ?`).run(role)
  connection.statement<[number]>('DELETE FROM _role WHERE number = ?').run(role)
  connection.securityChanged()
}

/** Gives a role exactly these privileges. A table that is named without a privilege is kept as named: `*` does not apply to it. */
export function setPrivileges(connection: Connection, role: number, { tables, others }: RolePrivileges): void {
  connection.statement<[number]>('DELETE FROM _role_privilege WHERE role = ?').run(role)
  const add = connection.statement<[number, string, string, number]>(
    'INSERT OR REPLACE INTO _role_privilege (role, table_name, privilege, depth) VALUES (?, ?, ?, ?)',
  )
  for (const [table, privileges] of Object.entries(tables)) {
    const given = Object.entries(privileges)
    if (given.length === 0) add.run(role, table, 'Read', 0)
    for (const [privilege, depth] of given) add.run(role, table, privilege, DEPTHS.indexOf(depth))
  }
  for (const privilege of others) add.run(role, '', privilege, DEPTHS.indexOf('Global'))
  connection.securityChanged()
}

/** Returns what a role allows; for System Administrator, every privilege of every table. */
export function readPrivileges(connection: Connection, { number, is_administrator }: RoleRow): RolePrivileges {
  if (is_administrator === 1) return { tables: { [OTHER_TABLES]: EVERYTHING }, others: ['prvMerge'] }
  const rows = checkedRows(
    connection,
    '_role_privilege',
    privilegeShape,
    connection
      .statement<[number], object>('SELECT table_name, privilege, depth FROM _role_privilege WHERE role = ? ORDER BY table_name, privilege')
      .all(number),
  )
  const tables: RolePrivileges['tables'] = {}
  for (const { table_name, privilege, depth } of rows) {
    if (table_name === '') continue
    const named = tables[table_name] ?? {}
    tables[table_name] = { ...named, [privilege as TablePrivilege]: DEPTHS[depth] as Depth }
  }
  return { tables, others: rows.filter(({ table_name }) => table_name === '').map(({ privilege }) => privilege) }
}

const EVERYTHING: Record<TablePrivilege, Depth> = {
  Create: 'Global',
  Read: 'Global',
  Write: 'Global',
  Delete: 'Global',
  Append: 'Global',
  AppendTo: 'Global',
  Assign: 'Global',
  Share: 'Global',
}

/** Returns the roles that a user or team holds itself, by name. */
export function rolesOf(connection: Connection, principal: RowNumber): RoleRow[] {
  const sql = `${SELECT} WHERE number IN (SELECT role FROM _role_holder WHERE principal = ?) ORDER BY is_administrator DESC, name COLLATE NOCASE`
  return checkedRows(connection, '_role', roleShape, connection.statement<[number], object>(sql).all(principal))
}

/** Gives a user or team exactly these roles. */
export function setRoles(connection: Connection, principal: RowNumber, roles: readonly number[]): void {
  connection.statement<[number]>('DELETE FROM _role_holder WHERE principal = ?').run(principal)
  const add = connection.statement<[number, number]>('INSERT OR IGNORE INTO _role_holder (principal, role) VALUES (?, ?)')
  for (const role of roles) add.run(principal, role)
  connection.securityChanged()
}

/** Returns whether there is a role besides System Administrator. */
export const hasOwnRoles = (connection: Connection): boolean =>
  connection.statement<[]>('SELECT 1 FROM _role WHERE is_administrator = 0 LIMIT 1').get() !== undefined

/** Returns the first enabled user who holds System Administrator. */
export function findEnabledAdministrator(connection: Connection): RowNumber | undefined {
  return connection
    .statement<[], { row: number }>(
      `SELECT u._row AS row FROM systemuser u JOIN _role_holder h ON h.principal = u._row AND h.role = ${ADMINISTRATOR}
       WHERE coalesce(u.isdisabled, 0) = 0 AND u._row NOT IN (SELECT row FROM _removed_user)
         AND NOT EXISTS (SELECT 1 FROM businessunit b WHERE b._row = u.businessunitid AND b.isdisabled = 1) ORDER BY u._row LIMIT 1`,
    )
    .get()?.row
}
