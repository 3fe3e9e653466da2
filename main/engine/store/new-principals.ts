import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Selection } from './changes.ts'
import type { Connection } from './connection.ts'
import { ADMINISTRATOR, hasOwnRoles, setRoles } from './roles.ts'
import { setTeamKind } from './teams.ts'
import type { StoredRow } from './values.ts'

/** Tables whose rows decide who may do what. */
const PRINCIPAL_TABLES = new Set(['businessunit', 'systemuser', 'team'])

export const isPrincipalTable = ({ definition }: CompiledTable): boolean => PRINCIPAL_TABLES.has(definition.logicalName)

/**
 * Completes a new user or business unit. While System Administrator is the only role, everybody may do everything, so that a new user gets
 * it; a business unit gets its default team, which `insertTeam` inserts.
 */
export function completePrincipal(
  connection: Connection,
  { definition }: CompiledTable,
  row: RowNumber,
  stored: StoredRow,
  insertTeam: (stored: StoredRow) => RowNumber,
): void {
  if (definition.logicalName === 'systemuser' && !hasOwnRoles(connection)) setRoles(connection, row, [ADMINISTRATOR])
  if (definition.logicalName === 'businessunit')
    setTeamKind(connection, insertTeam({ name: stored.name ?? null, businessunitid: row }), 'Default')
  connection.securityChanged()
}

/** Removes what the store keeps of users and teams that are deleted. */
export function forgetPrincipals(connection: Connection, rows: Selection): void {
  for (const [table, column] of REFERENCES)
    connection.statement<(number | string)[]>(`DELETE FROM ${table} WHERE ${rows.in(column)}`).run(...rows.parameters)
  connection.securityChanged()
}

const REFERENCES = [
  ['_role_holder', 'principal'],
  ['_team_member', 'user'],
  ['_team_member', 'team'],
  ['_team', 'row'],
  ['_access', 'principal'],
] as const
