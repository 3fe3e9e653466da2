import { recordName } from '../format/names-in-text.ts'
import { RIGHTS } from '../operations/security-operations.ts'
import { choice, fields, listOf, located, pattern, text, wholeNumber } from '../shape.ts'
import { asStated, defineExpectation } from './expectation.ts'

/** Expectations whose shape and names are checked, and that this version cannot compare yet. */

const rights = listOf('rights', choice(...RIGHTS))

const accessShape = listOf('access', fields('access', { user: located(text('a user')), record: recordName, rights }, {
  origin: choice('Owner', 'Team', 'Role', 'Shared', 'Inherited'),
}))

export const access = defineExpectation({
  key: 'access',
  shape: accessShape,
  check: (stated, names) => stated.map((each) => ({ ...each, user: names.user(each.user), record: names.record(each.record) })),
})

const sharesShape = listOf('shares', fields('a share', { record: recordName, with: located(text('a user or team')) }, { direct: rights, inherited: rights }))

export const shares = defineExpectation({
  key: 'shares',
  shape: sharesShape,
  check: (stated, names) => stated.map((each) => ({ ...each, with: names.principal(each.with), record: names.record(each.record) })),
})

export const MESSAGES = [
  'Create', 'Update', 'Delete', 'Assign', 'SetState', 'Merge', 'GrantAccess', 'ModifyAccess', 'RevokeAccess',
  'cascadeAsync_SuccessAPI', 'cascadeAsync_FailureAPI',
] as const

const eventsShape = listOf('events', fields('an event', { message: choice(...MESSAGES), count: wholeNumber(0) }, {
  table: located(text('a table')), stage: choice('PreValidation', 'PreOperation', 'PostOperation'), plugin: text("a plug-in's name"),
}))

export const events = defineExpectation({
  key: 'events',
  shape: eventsShape,
  check(stated, names) {
    for (const { table } of stated) if (table !== undefined) names.table(table)
    return stated
  },
})

export const trace = defineExpectation({ key: 'trace', shape: listOf('regular expressions', pattern), check: asStated })
