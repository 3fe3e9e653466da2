import { fields, orEmpty } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const crashShape = orEmpty(fields('crash', {}, {}))

/** Kills the worker and opens the environment again. */
export const crash = defineOperation({
  key: 'crash',
  shape: crashShape,
  check: (stated) => stated,
  async run(_, context) {
    await context.crash()
    return nothingDone
  },
})
