import { choice } from '../shape.ts'
import { asStated, defineExpectation, equal } from './expectation.ts'

export const mode = defineExpectation({
  key: 'mode',
  shape: choice('Sync', 'Async'),
  check: asStated,
  evaluate: (expected, observed) => [equal('mode', expected, observed.mode)],
})
