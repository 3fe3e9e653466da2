import { choice, fields, listOf, located, text, wholeNumber } from '../shape.ts'
import { defineExpectation, equal } from './expectation.ts'

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

/** Announced by jobs, whether or not a plug-in listens. Runs of plug-in steps are for a later version. */
const ANNOUNCED: readonly string[] = ['cascadeAsync_SuccessAPI', 'cascadeAsync_FailureAPI']

export const events = defineExpectation({
  key: 'events',
  shape: eventsShape,
  check(stated, names) {
    for (const { table } of stated) if (table !== undefined) names.table(table)
    return stated
  },
  isSupported: (stated) => stated.every((event) => ANNOUNCED.includes(event.message) && Object.keys(event).length === 2),
  evaluate(wanted, { workbench, announcedBefore }) {
    const announced = workbench.engine.findNotifications(announcedBefore)
    return wanted.map(({ message, count }, index) =>
      equal(`events[${index}].${message}`, count, announced.filter((each) => each.message === message).length),
    )
  },
})
