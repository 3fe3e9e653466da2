import { securityText } from '#text/english/security'
import { EngineError } from '../contract/errors.ts'
import type { UserChange } from '../contract/security.ts'
import type { Settings } from '../contract/settings.ts'
import { movesToOwnersUnit } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { ownsRows } from '../store/records.ts'
import { getRole, setRoles } from '../store/roles.ts'
import { getRow } from '../store/rows.ts'
import { moveOwnRecords, setDisabled, setRemoved, setUnitOfUser } from '../store/users.ts'

/**
 * Changes a user. One who moves to another business unit loses all roles unless new ones are given; the own records follow, they alone,
 * unless rows stay in their business unit when their owner changes. Returns the tables whose records were changed. Source: dataverse
 * reference, section 4.5.
 * @throws INPUT_INVALID for an unknown role, RECORD_NOT_FOUND for an unknown business unit, CASCADE_REFUSED with 0x80048610 for the removal of a
 * user who owns records, where the setting says so
 */
export function changeUser(
  { connection, model, settings }: { connection: Connection; model: CompiledModel; settings: Settings },
  user: OwnerRow,
  { disabled, removed, roles, businessUnit }: UserChange,
): string[] {
  if (removed && settings.ownersCannotBeRemoved) checkOwnsNothing({ connection, model }, user)
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

/** @throws CASCADE_REFUSED with 0x80048610 if the user owns records, naming their tables */
function checkOwnsNothing({ connection, model }: { connection: Connection; model: CompiledModel }, user: OwnerRow): void {
  const owned = [...model.tables()].filter((table) => table.hasOwner && ownsRows(connection, table, user.row))
  if (owned.length === 0) return
  const tables = owned.map(({ definition }) => definition.logicalName)
  throw new EngineError('CASCADE_REFUSED', securityText.ownerStays({ user: user.name, tables }), {
    platform: 'CannotRemoveUserWhoOwnsRecords',
    hint: securityText.reassignFirstHint,
    record: { table: user.table, id: user.id, name: user.name },
    details: { user: user.id, tables },
  })
}
