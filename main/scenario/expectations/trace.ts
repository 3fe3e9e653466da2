import { listOf, pattern } from '../shape.ts'
import { defineExpectation, matchesSome } from './expectation.ts'

const traceShape = listOf('regular expressions', pattern)

/** Number of lines that a report shows if none matches. */
const SHOWN = 20

/** Expects each pattern to match a line that a plug-in traced since the step began, also in transactions that were rolled back. */
export const trace = defineExpectation({
  key: 'trace',
  shape: traceShape,
  check: (stated) => stated,
  evaluate(wanted, { observer, runsBefore }) {
    const lines = observer.findTraceLines(runsBefore)
    return wanted.map((regex, index) => {
      const found = lines.find((line) => regex.test(line))
      const cut = lines.length > SHOWN ? [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more`] : lines
      return matchesSome(`trace[${index}]`, regex, found === undefined ? cut : [found])
    })
  },
})
