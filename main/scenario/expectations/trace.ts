import { listOf, pattern } from '../shape.ts'
import { defineExpectation, matchesSome } from './expectation.ts'

const traceShape = listOf('regular expressions', pattern)

/** How many lines a report shows where none of them matches. */
const SHOWN = 20

/** Each must match some line that a plug-in traced since the step began, in transactions that were rolled back, too. */
export const trace = defineExpectation({
  key: 'trace',
  shape: traceShape,
  check: (stated) => stated,
  evaluate(wanted, { workbench, runsBefore }) {
    const lines = workbench.engine.findTraceLines(runsBefore)
    return wanted.map((regex, index) => {
      const found = lines.find((line) => regex.test(line))
      const cut = lines.length > SHOWN ? [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more`] : lines
      return matchesSome(`trace[${index}]`, regex, found === undefined ? cut : [found])
    })
  },
})
