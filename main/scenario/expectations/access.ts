import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { choice, fields, listOf, located, text } from '../shape.ts'
import { defineExpectation } from './expectation.ts'

const accessShape = listOf(
  'access',
  fields(
    'access',
    { user: located(text('a user')), record: recordName, rights: rightsShape },
    { origin: choice('Owner', 'Team', 'Role', 'Shared', 'Inherited') },
  ),
)

export const access = defineExpectation({
  key: 'access',
  shape: accessShape,
  check: (stated, names) => stated.map((each) => ({ ...each, user: names.user(each.user), record: names.record(each.record) })),
})
