import type { UserChange } from '../contract/security.ts'
import type { Settings } from '../contract/settings.ts'
import { movesToOwnersUnit } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { getRole, setRoles } from '../store/roles.ts'
import { getRow } from '../store/rows.ts'
import { moveOwnRecords, setDisabled, setRemoved, setUnitOfUser } from '../store/users.ts'

/**
 * Changes a user. One who moves to another business unit loses all roles unless new ones are given; the own records follow, they alone,
 * unless rows stay in their business unit when their owner changes. Returns the tables whose records were changed. Source: dataverse
 * reference, section 4.5.
 * @throws INPUT_INVALID for an unknown role, RECORD_NOT_FOUND for an unknown business unit
 */
export function changeUser(
  { connection, model, settings }: { connection: Connection; model: CompiledModel; settings: Settings },
  user: OwnerRow,
  { disabled, removed, roles, businessUnit }: UserChange,
): string[] {
  const given = roles?.map((role) => getRole(connection, role).number)
  const unit = businessUnit === undefined ? user.businessUnit : getRow(connection, model.table('businessunit'), businessUnit)
  const tables = ['systemuser']
  if (unit !== null && unit !== user.businessUnit) {
    setUnitOfUser(connection, user.row, unit)
    if (given === undefined) setRoles(connection, user.row, [])
    if (movesToOwnersUnit(settings)) tables.push(...moveOwnRecords(connection, model, user.row, unit))
  }
  if (given !== undefined) setRoles(connection, user.row, given)
  if (disabled !== undefined) setDisabled(connection, user.row, disabled)
  if (removed !== undefined) setRemoved(connection, user.row, removed)
  connection.securityChanged()
  return tables
}
