import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { fields, located, text } from '../shape.ts'
import { defineOperation } from './operation.ts'

const shareShape = fields('share', { record: recordName, with: located(text('a user or team')), rights: rightsShape }, {})

export const share = defineOperation({
  key: 'share',
  shape: shareShape,
  check: (stated, names) => ({ key: names.row(stated.record), with: names.principal(stated.with), rights: stated.rights }),
})
