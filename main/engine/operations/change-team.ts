import { securityText } from '#text/english/security'
import { EngineError } from '../contract/errors.ts'
import type { TeamChange } from '../contract/security.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { getUser } from '../store/owners.ts'
import { getRole, setRoles } from '../store/roles.ts'
import { setMembers } from '../store/teams.ts'

/**
 * Gives a team other members or roles. Source: dataverse reference, sections 4.1 and 4.5.
 * @throws CASCADE_REFUSED for roles of an access team, and with 0x8004830C for members of a default team; INPUT_INVALID for an unknown user or role
 */
export function changeTeam(connection: Connection, team: OwnerRow, { members, roles }: TeamChange): void {
  if (members !== undefined && team.teamKind === 'Default')
    throw new EngineError('CASCADE_REFUSED', securityText.defaultTeamMembers({ team: team.name }), {
      platform: 'CannotModifyDefaultTeamMembers',
      details: { team: team.id },
    })
  if (roles !== undefined && roles.length > 0 && team.teamKind === 'Access')
    throw new EngineError('CASCADE_REFUSED', securityText.accessTeamRoles({ team: team.name }), { details: { team: team.id } })
  if (members !== undefined)
    setMembers(
      connection,
      team.row,
      members.map((member) => getUser(connection, member).row),
    )
  if (roles !== undefined)
    setRoles(
      connection,
      team.row,
      roles.map((role) => getRole(connection, role).number),
    )
}
