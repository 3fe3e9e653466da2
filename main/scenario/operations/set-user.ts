import { fields, flag, listOf, located, text, withChange } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const setUserShape = withChange(
  fields(
    'setUser',
    { user: located(text('a user')) },
    { disabled: flag, roles: listOf('roles', located(text('a role'))), businessUnit: located(text('a business unit')), removed: flag },
  ),
  'disabled, roles, businessUnit and removed',
)

/** Changes a user. A disabled or removed user cannot act, and jobs in their name stop until the user is enabled again. One who moves loses all roles. */
export const setUser = defineOperation({
  key: 'setUser',
  shape: setUserShape,
  check: (stated, names) => ({
    ...stated,
    user: names.user(stated.user),
    roles: stated.roles?.map((role) => names.role(role)),
    businessUnit: stated.businessUnit && names.unit(stated.businessUnit),
  }),
  async run({ user, disabled, removed, roles, businessUnit }, { workbench, aliases }) {
    await workbench.changeUser(aliases.idOf(user), {
      ...(disabled === undefined ? {} : { disabled }),
      ...(removed === undefined ? {} : { removed }),
      ...(roles === undefined ? {} : { roles }),
      ...(businessUnit === undefined ? {} : { businessUnit: aliases.idOf(businessUnit) }),
    })
    return nothingDone
  },
})
