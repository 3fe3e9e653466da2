import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import type { Role, RolePrivileges } from '#engine/contract/security'
import { TABLE_PRIVILEGES } from '#engine/contract/security'
import type { Workbench } from '../../workbench/workbench.ts'
import { acts, examples, several } from '../command.ts'
import { table } from '../output.ts'
import { withWorkbench } from '../with-workbench.ts'

interface RolesOptions {
  json?: boolean
  role?: string
  user?: string
  team?: string
  set?: string[]
}

/** Lists roles and their privileges, and gives roles to users and teams. */
export const roles = () =>
  acts<[string], RolesOptions>(
    new Command('roles')
      .description('list roles, show the privileges of one, or set the roles of a user or team')
      .argument('<environment>', 'a .cascade file')
      .option('--role <role>', 'show what this role allows')
      .option('--user <user>', 'the user whose roles are set: name or GUID')
      .option('--team <team>', 'the team whose roles are set: name or GUID')
      .option('--set <role>', 'a role that the user or team is to hold; may be given several times, and replaces those before', several)
      .addHelpText(
        'after',
        examples(
          'cascade roles lab.cascade',
          'cascade roles lab.cascade --role Salesperson',
          'cascade roles lab.cascade --user alice --set Salesperson',
        ),
      ),
    ({ output }, { role, user, team, set }, environment) =>
      withWorkbench(environment, async (workbench) => {
        if (user !== undefined || team !== undefined) {
          if (set === undefined) throw inputInvalid('Which roles? Give each with --set.')
          await setRoles(workbench, { user, team }, set)
          output.result({ user: user ?? null, team: team ?? null, roles: set }, () => `${user ?? team ?? ''} now holds ${set.join(', ')}.`)
          return undefined
        }
        if (role !== undefined) {
          const privileges = workbench.rolePrivileges(role)
          output.result({ role, ...privileges }, () => privilegesText(privileges))
          return undefined
        }
        const found = workbench.findRoles()
        output.result(found, () => rolesText(found))
        return undefined
      }),
  )

async function setRoles(
  workbench: Workbench,
  { user, team }: { user: string | undefined; team: string | undefined },
  names: string[],
): Promise<void> {
  if (user !== undefined) await workbench.changeUser(user, { roles: names })
  if (team === undefined) return
  const found = workbench.findPrincipals(team).filter(({ table: of, name, id }) => of === 'team' && (name === team || id === team))
  const [only, second] = found
  if (only === undefined || second !== undefined) throw inputInvalid(`"${team}" is not the name of exactly one team: write its GUID.`)
  await workbench.changeTeam(only.id, { roles: names })
}

const rolesText = (found: readonly Role[]): string =>
  table(
    ['role', 'id', 'from'],
    found.map(({ name, id, origin }) => [name, id, origin ?? '']),
  )

function privilegesText({ tables, others }: RolePrivileges): string {
  const rows = Object.entries(tables).map(([name, depths]) => [name, ...TABLE_PRIVILEGES.map((privilege) => depths[privilege] ?? '')])
  return [table(['table', ...TABLE_PRIVILEGES], rows), ...(others.length > 0 ? [`Also: ${others.join(', ')}`] : [])].join('\n\n')
}
