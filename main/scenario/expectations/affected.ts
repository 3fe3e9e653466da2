import { wholeNumber } from '../shape.ts'
import { asStated, defineExpectation, equal } from './expectation.ts'

export const affected = defineExpectation({
  key: 'affected',
  shape: wholeNumber(0),
  check: asStated,
  evaluate: (expected, observed) => [equal('affected', expected, observed.affected)],
})
