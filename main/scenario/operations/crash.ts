import { fields, orEmpty } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const crashShape = orEmpty(fields('crash', {}, {}))

/** The worker is killed without warning and the environment opened again. */
export const crash = defineOperation({
  key: 'crash',
  shape: crashShape,
  check: (stated) => stated,
  async run(_, context) {
    await context.crash()
    return nothingDone
  },
})
