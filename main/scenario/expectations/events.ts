import { choice, fields, listOf, located, text, wholeNumber } from '../shape.ts'
import { defineExpectation } from './expectation.ts'

const MESSAGES = [
  'Create',
  'Update',
  'Delete',
  'Assign',
  'SetState',
  'Merge',
  'GrantAccess',
  'ModifyAccess',
  'RevokeAccess',
  'cascadeAsync_SuccessAPI',
  'cascadeAsync_FailureAPI',
] as const

const eventsShape = listOf(
  'events',
  fields(
    'an event',
    { message: choice(...MESSAGES), count: wholeNumber(0) },
    { table: located(text('a table')), stage: choice('PreValidation', 'PreOperation', 'PostOperation'), plugin: text("a plug-in's name") },
  ),
)

export const events = defineExpectation({
  key: 'events',
  shape: eventsShape,
  check(stated, names) {
    for (const { table } of stated) if (table !== undefined) names.table(table)
    return stated
  },
})
