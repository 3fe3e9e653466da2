import { fields, listOf, located, text, withChange } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const setTeamShape = withChange(
  fields(
    'setTeam',
    { team: located(text('a team')) },
    { members: listOf('users', located(text('a user'))), roles: listOf('roles', located(text('a role'))) },
  ),
  'members and roles',
)

/** Gives a team other members or roles. */
export const setTeam = defineOperation({
  key: 'setTeam',
  shape: setTeamShape,
  check: (stated, names) => ({
    team: names.team(stated.team),
    members: stated.members?.map((member) => names.user(member)),
    roles: stated.roles?.map((role) => names.role(role)),
  }),
  async run({ team, members, roles }, { workbench, aliases }) {
    await workbench.changeTeam(aliases.idOf(team), {
      ...(members === undefined ? {} : { members: members.map((member) => aliases.idOf(member)) }),
      ...(roles === undefined ? {} : { roles }),
    })
    return nothingDone
  },
})
