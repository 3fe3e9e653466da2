import type { Connection } from './connection.ts'
import { administratorOf, findOwnerByRow, type OwnerRow } from './owners.ts'
import { findEnabledAdministrator } from './roles.ts'

/**
 * Returns who the system acts as: an enabled administrator, or the first user where there is none, with every right whatever was taken
 * from that user.
 */
export function systemUser(connection: Connection): OwnerRow {
  const enabled = findEnabledAdministrator(connection)
  const user = (enabled === undefined ? undefined : findOwnerByRow(connection, enabled)) ?? administratorOf(connection)
  return { ...user, disabled: false, isUnitDisabled: false, isSystem: true }
}
