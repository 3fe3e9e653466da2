import { fields, flag, located, text, withChange } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const setBusinessUnitShape = withChange(
  fields('setBusinessUnit', { unit: located(text('a business unit')) }, { parent: located(text('a business unit')), disabled: flag }),
  'parent and disabled',
)

/** Moves a business unit below another one, or disables it: its users can do nothing while it is. */
export const setBusinessUnit = defineOperation({
  key: 'setBusinessUnit',
  shape: setBusinessUnitShape,
  check: ({ unit, parent, disabled }, names) => ({ unit: names.unit(unit), parent: parent && names.unit(parent), disabled }),
  async run({ unit, parent, disabled }, { workbench, aliases }) {
    await workbench.changeUnit(aliases.idOf(unit), {
      ...(parent === undefined ? {} : { parent: aliases.idOf(parent) }),
      ...(disabled === undefined ? {} : { disabled }),
    })
    return nothingDone
  },
})
