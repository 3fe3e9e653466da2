import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { fields, listOf, located, text } from '../shape.ts'
import { defineExpectation } from './expectation.ts'

const sharesShape = listOf(
  'shares',
  fields('a share', { record: recordName, with: located(text('a user or team')) }, { direct: rightsShape, inherited: rightsShape }),
)

export const shares = defineExpectation({
  key: 'shares',
  shape: sharesShape,
  check: (stated, names) => stated.map((each) => ({ ...each, with: names.principal(each.with), record: names.record(each.record) })),
})
