import { defineTexts, messagesOf } from '../message.ts'

/** Why a cascade runs as it does. */
export const reasonTexts = defineTexts('reason', {
  asyncSwitchedOff: 'Synchronous because asynchronous cascades are switched off in the settings',
  stepsNotAsync: 'Synchronous because plug-in steps take part, which the settings do not allow in an asynchronous cascade',
  askedForSync: 'Synchronous because it was asked for',
  askedForAsync: 'Asynchronous because it was asked for',
  belowThreshold:
    'Synchronous because {affected, plural, one {# affected record} other {# affected records}} < {threshold, number}, the threshold for {operation}',
  meetsThreshold:
    'Asynchronous because {affected, plural, one {# affected record} other {# affected records}} ≥ {threshold, number}, the threshold for {operation}',
})

export const reason = messagesOf(reasonTexts)
