import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { EngineError } from '../contract/errors.ts'
import type { OwnerInput } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwner } from '../store/owners.ts'

/** Finds the user or team that is to own a record. @throws INPUT_INVALID with 0x80040210 for nobody, CASCADE_REFUSED with 0x80040225 for a disabled user. */
export function resolveAssignee(connection: Connection, model: CompiledModel, to: OwnerInput): OwnerRow {
  const owner = findOwner(connection, model, to)
  const given = typeof to === 'string' ? `"${to}"` : `${to.table} ${to.id}`
  if (!owner)
    throw new EngineError('INPUT_INVALID', operationText.assigneeUnknown({ owner: given }), {
      platform: 'InvalidAssigneeId',
      hint: operationText.chooseOwnerHint,
      details: { to },
    })
  if (owner.disabled)
    throw new EngineError('CASCADE_REFUSED', platform.userDisabled({ user: owner.name }), {
      platform: 'unManagedidsusernotenabled',
      hint: operationText.enableOwnerHint,
      details: { to },
    })
  return owner
}
