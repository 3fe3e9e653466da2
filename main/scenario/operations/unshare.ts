import { recordName } from '../format/names-in-text.ts'
import { fields, located, text } from '../shape.ts'
import { defineOperation } from './operation.ts'

const unshareShape = fields('unshare', { record: recordName, with: located(text('a user or team')) }, {})

export const unshare = defineOperation({
  key: 'unshare',
  shape: unshareShape,
  check: (stated, names) => ({ key: names.row(stated.record), with: names.principal(stated.with) }),
})
