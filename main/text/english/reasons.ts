import { defineTexts, messagesOf } from '../message.ts'

/** Why a cascade runs as it does, and what it does not reach. */
export const reasonTexts = defineTexts('reason', {
  asyncSwitchedOff: 'Synchronous because asynchronous cascades are switched off in the settings',
  stepsNotAsync: 'Synchronous because plug-in steps take part, which the settings do not allow in an asynchronous cascade',
  alwaysSync: 'Synchronous because sharing always is',
  askedForSync: 'Synchronous because it was asked for',
  askedForAsync: 'Asynchronous because it was asked for',
  belowThreshold:
    'Synchronous because {affected, plural, one {# affected record} other {# affected records}} < {threshold, number}, the threshold for {operation}',
  meetsThreshold:
    'Asynchronous because {affected, plural, one {# affected record} other {# affected records}} ≥ {threshold, number}, the threshold for {operation}',
  nothingToDo: 'Nothing to do: the record already belongs to this owner, so that nothing changes and nothing cascades',
  lookupRequired: '{column} of {relationship} cannot be empty, and Remove Link would empty it',
  alwaysJob: 'Asynchronous because a bulk delete always is, whatever the number of records',
  sameOwner: 'Nothing to do: the records already belong to this owner',
  ownsNothing: 'Nothing to do: the user or team owns no records',
  restricted: '{relationship} is set to Restrict',
  passedBy: 'Rows of {table} are passed by: the table is organization-owned, its rows have no owner',
  refusedUnless: 'Refused, unless a step before the operation changes what is wrong: {error}',
  unknownChildren: '{table} is a stub: what hangs below its rows is unknown until its definition is imported',
})

export const reason = messagesOf(reasonTexts)
