import { fields, located, text } from '../shape.ts'
import { defineOperation } from './operation.ts'

const cleanUpShape = fields('cleanUpInheritedAccess', { relationship: located(text('a relationship')) }, {})

export const cleanUpInheritedAccess = defineOperation({
  key: 'cleanUpInheritedAccess',
  shape: cleanUpShape,
  check: (stated, names) => names.relationship(stated.relationship),
})
