import { listOf, pattern } from '../shape.ts'
import { defineExpectation, matchesSome } from './expectation.ts'

const traceShape = listOf('regular expressions', pattern)

/** Number of texts that a report shows if none matches. */
const SHOWN = 20

/**
 * Expects each pattern to match something that the trace log keeps of the runs since the step began, also of those that were rolled back: a
 * traced line or, of a run that failed, its plug-in, step, exception or stack.
 */
export const trace = defineExpectation({
  key: 'trace',
  shape: traceShape,
  check: (stated) => stated,
  evaluate(wanted, { observer, runsBefore }) {
    const texts = observer.findTraceTexts(runsBefore)
    return wanted.map((regex, index) => {
      const found = texts.find((text) => regex.test(text))
      const cut = texts.length > SHOWN ? [...texts.slice(0, SHOWN), `… and ${texts.length - SHOWN} more`] : texts
      return matchesSome(`trace[${index}]`, regex, found === undefined ? cut : [found])
    })
  },
})
