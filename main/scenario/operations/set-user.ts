import { fields, flag, listOf, located, text, withChange } from '../shape.ts'
import { defineOperation } from './operation.ts'

const setUserShape = withChange(
  fields(
    'setUser',
    { user: located(text('a user')) },
    { disabled: flag, roles: listOf('roles', located(text('a role'))), businessUnit: located(text('a business unit')), removed: flag },
  ),
  'disabled, roles, businessUnit and removed',
)

export const setUser = defineOperation({
  key: 'setUser',
  shape: setUserShape,
  check: (stated, names) => ({
    ...stated,
    user: names.user(stated.user),
    roles: stated.roles?.map((role) => names.role(role)),
    businessUnit: stated.businessUnit && names.unit(stated.businessUnit),
  }),
})
