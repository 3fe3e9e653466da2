import { DEPTHS } from '#engine/contract/security'
import { choice, dictionaryOf, fields, flag, listOf, located, orEmpty, text } from '../shape.ts'

const depth = choice(...DEPTHS)
const privileges = fields(
  'privileges on a table',
  {},
  {
    Create: depth,
    Read: depth,
    Write: depth,
    Delete: depth,
    Assign: depth,
    Share: depth,
    Append: depth,
    AppendTo: depth,
  },
)
const names = (what: string) => listOf(what, located(text('a name')))
const privilegeNames = names('privileges such as prvMerge')

/** A role: privileges by table, `*` for every other table, and `privileges` for those without a table. */
const role = orEmpty(dictionaryOf('tables', (node) => (node.kind === 'list' ? privilegeNames(node) : privileges(node))))

export const securityShape = fields(
  'security',
  {},
  {
    businessUnits: dictionaryOf('business units', orEmpty(fields('a business unit', {}, { parent: located(text('a business unit')) }))),
    roles: dictionaryOf('roles', role),
    teams: dictionaryOf(
      'teams',
      orEmpty(
        fields(
          'a team',
          {},
          {
            kind: choice('Owner', 'Access'),
            businessUnit: located(text('a business unit')),
            members: names('users'),
            roles: names('roles'),
          },
        ),
      ),
    ),
    users: dictionaryOf(
      'users',
      orEmpty(
        fields(
          'a user',
          {},
          {
            businessUnit: located(text('a business unit')),
            roles: names('roles'),
            disabled: flag,
          },
        ),
      ),
    ),
  },
)
export type SecuritySection = ReturnType<typeof securityShape>
