import { OUTCOMES } from '../operations/operation.ts'
import { choice } from '../shape.ts'
import { asStated, defineExpectation, equal } from './expectation.ts'

export const outcome = defineExpectation({
  key: 'outcome',
  shape: choice(...OUTCOMES),
  check: asStated,
  evaluate: (expected, observed) => [equal('outcome', expected, observed.outcome)],
})
