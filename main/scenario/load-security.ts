import { ADMINISTRATOR_ROLE } from '#engine/contract/security'
import { ADMIN_NAME, ROOT_UNIT_NAME } from '#engine/model/system-model'
import type { InlineWorkbench } from '../workbench/index.ts'
import type { Aliases } from './cells.ts'
import type { PreparedSecurity } from './prepare-security.ts'

/**
 * Stores business units, roles, users and teams. Returns a function that disables the users who are to be disabled, to be called when the
 * rows are stored: the administrator, who stores them, may be one of them.
 */
export async function loadSecurity(
  workbench: InlineWorkbench,
  { units, roles, users, teams }: PreparedSecurity,
  aliases: Aliases,
): Promise<() => Promise<void>> {
  const administrator = workbench.as(workbench.info().administratorId)
  const [root] = (await administrator.findRecords({ table: 'businessunit', offset: 0, limit: 1 })).rows
  if (root) aliases.add({ table: 'businessunit', id: ROOT_UNIT_NAME }, root.id)
  const unitId = (name: string) => aliases.idOf({ table: 'businessunit', id: name })
  for (const { name, parent } of units)
    aliases.add({ table: 'businessunit', id: name }, (await workbench.createUnit({ name, parent: unitId(parent) })).id)
  for (const role of roles) await workbench.saveRole(role)
  for (const { name, businessUnit, roles: held } of users) {
    if (name === ADMIN_NAME) {
      const kept = workbench.info().administratorId
      await workbench.changeUser(kept, { businessUnit: unitId(businessUnit), roles: held ?? [ADMINISTRATOR_ROLE] })
      aliases.add({ table: 'systemuser', id: name }, kept)
    } else {
      const made = await workbench.createUser({ name, businessUnit: unitId(businessUnit), roles: held ?? [] })
      aliases.add({ table: 'systemuser', id: name }, made.id)
    }
  }
  for (const { name, kind, businessUnit, members, roles: held } of teams) {
    const ids = members.map((member) =>
      member === ADMIN_NAME ? workbench.info().administratorId : aliases.idOf({ table: 'systemuser', id: member }),
    )
    const made = await workbench.createTeam({ name, kind, businessUnit: unitId(businessUnit), members: ids, roles: held })
    aliases.add({ table: 'team', id: name }, made.id)
  }
  return async () => {
    for (const { name, disabled } of users)
      if (disabled) await workbench.changeUser(aliases.idOf({ table: 'systemuser', id: name }), { disabled })
  }
}
