import { MESSAGES, STAGES } from '#engine/contract/messages'
import { choice, fields, listOf, located, text, wholeNumber } from '../shape.ts'
import { defineExpectation, equal } from './expectation.ts'

const eventsShape = listOf(
  'events',
  fields(
    'an event',
    { message: choice(...MESSAGES), count: wholeNumber(0) },
    { table: located(text('a table')), stage: choice(...STAGES), plugin: located(text("a plug-in's name")) },
  ),
)

/** Announced by jobs, whether or not a plug-in listens. */
const ANNOUNCED: readonly string[] = ['cascadeAsync_SuccessAPI', 'cascadeAsync_FailureAPI']

/** Counts how often steps ran in committed transactions. Messages that jobs announce are counted separately unless a plug-in is named. */
export const events = defineExpectation({
  key: 'events',
  shape: eventsShape,
  check: (stated, names) =>
    stated.map(({ message, count, table, stage, plugin }) => ({
      count,
      isAnnounced: ANNOUNCED.includes(message) && table === undefined && stage === undefined && plugin === undefined,
      runs: {
        message,
        ...(table === undefined ? {} : { table: names.table(table).definition.logicalName }),
        ...(stage === undefined ? {} : { stage }),
        ...(plugin === undefined ? {} : { plugin: names.plugin(plugin) }),
      },
    })),
  evaluate(wanted, { observer, announcedBefore, runsBefore }) {
    const announced = observer.findNotifications(announcedBefore)
    return wanted.map(({ count, isAnnounced, runs }, index) => {
      const found = isAnnounced
        ? announced.filter(({ message }) => message === runs.message).length
        : observer.countStepRuns({ after: runsBefore, ...runs })
      return equal(`events[${index}].${runs.message}`, count, found)
    })
  },
})
