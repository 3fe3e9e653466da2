import type { RowNumber } from '../contract/loader.ts'
import type { Depth } from '../contract/security.ts'
import { DEPTHS } from '../contract/security.ts'
import type { Connection } from './connection.ts'
import { ADMINISTRATOR } from './roles.ts'

/** What the roles of some users and teams grant. */

interface GrantRow {
  principal: RowNumber
  role: number
  depth: number
}

/** Returns whether one of these users and teams holds System Administrator. */
export const holdsAdministrator = (connection: Connection, principals: readonly RowNumber[]): boolean =>
  connection
    .statement<[string]>(
      `SELECT 1 FROM _role_holder WHERE role = ${ADMINISTRATOR} AND principal IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(JSON.stringify(principals)) !== undefined

/** Returns by which roles these users and teams hold a privilege of a table, System Administrator left out. A table without a name is `''`. */
export function findGrants(
  connection: Connection,
  principals: readonly RowNumber[],
  table: string,
  privilege: string,
): { principal: RowNumber; role: number; depth: Depth }[] {
  const sql = `
    SELECT h.principal, h.role, p.depth FROM _role_holder h JOIN _role_privilege p ON p.role = h.role
    WHERE h.principal IN (SELECT value FROM json_each(:principals)) AND p.privilege = :privilege
      AND (p.table_name = :table OR p.table_name = '*' AND :table <> '' AND NOT EXISTS (SELECT 1 FROM _role_privilege n WHERE n.role = p.role AND n.table_name = :table))
    ORDER BY h.principal, h.role`
  return connection
    .statement<{ principals: string; table: string; privilege: string }, GrantRow>(sql)
    .all({ principals: JSON.stringify(principals), table, privilege })
    .map(({ depth, ...grant }) => ({ ...grant, depth: DEPTHS[depth] ?? 'None' }))
}
