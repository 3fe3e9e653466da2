import type { CascadeConfiguration } from '#engine/contract/tables'
import { cascadeShape } from '../format/model.ts'
import { fields, located, text } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const relationshipShape = fields('relationship', { name: located(text('a relationship')), cascade: cascadeShape }, {})

/** Changes a cascade configuration; actions left out keep their type. Refused if it breaks a design-time rule. */
export const relationship = defineOperation({
  key: 'relationship',
  shape: relationshipShape,
  check({ name, cascade }, names) {
    const change = Object.fromEntries(Object.entries(cascade).map(([action, type]) => [action, type.value]))
    return { schemaName: names.relationship(name), change: change as Partial<CascadeConfiguration> }
  },
  async run({ schemaName, change }, { workbench }) {
    await workbench.changeRelationship(schemaName, change)
    return nothingDone
  },
})
