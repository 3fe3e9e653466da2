import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { securityText } from '#text/english/security'
import { EngineError } from '../contract/errors.ts'
import type { OwnerInput } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwner } from '../store/owners.ts'
import { readSettings } from '../store/settings.ts'

/**
 * Finds the user or team that is to own a record.
 * @throws INPUT_INVALID with 0x80040210 for nobody, CASCADE_REFUSED with 0x80040225 for a disabled user, 0x8004032D in a disabled business
 * unit, 0x80048340 for an access team
 */
export function resolveAssignee(connection: Connection, model: CompiledModel, to: OwnerInput): OwnerRow {
  const owner = findOwner(connection, model, to)
  const given = typeof to === 'string' ? `"${to}"` : `${to.table} ${to.id}`
  if (!owner)
    throw new EngineError('INPUT_INVALID', operationText.assigneeUnknown({ owner: given }), {
      platform: 'InvalidAssigneeId',
      hint: operationText.chooseOwnerHint,
      details: { to },
    })
  if (owner.teamKind === 'Access')
    throw new EngineError('CASCADE_REFUSED', securityText.accessTeamOwns({ team: owner.name }), {
      platform: 'CannotAssignToAccessTeam',
      hint: securityText.ownerTeamHint,
      details: { to },
    })
  if (owner.isUnitDisabled)
    throw new EngineError('CASCADE_REFUSED', securityText.unitDisabled({ owner: owner.name }), {
      platform: 'BusinessUnitDisabled',
      hint: securityText.enableUnitHint,
      details: { to },
    })
  if (owner.disabled && !readSettings(connection).settings.disabledOwnerIsAccepted)
    throw new EngineError('CASCADE_REFUSED', platform.userDisabled({ user: owner.name }), {
      platform: 'unManagedidsusernotenabled',
      hint: operationText.enableOwnerHint,
      details: { to },
    })
  return owner
}
