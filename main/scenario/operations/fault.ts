import { expected, fields, orNull, type Shape, wholeNumber } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const faultFields = fields('fault', {}, { failBatch: orNull(wholeNumber(1)), batchDelayMs: wholeNumber(0, 60_000) })

const faultShape: Shape<ReturnType<typeof faultFields>> = (node) => {
  const read = faultFields(node)
  if (Object.keys(read).length === 0) throw expected('at least one of failBatch and batchDelayMs', node)
  return read
}

/**
 * Makes jobs fail or run slowly on purpose, until that is switched off or a crash closes the environment. An addition of ours to the
 * format.
 */
export const fault = defineOperation({
  key: 'fault',
  shape: faultShape,
  check: (stated) => stated,
  async run(change, { workbench }) {
    workbench.setFaults({ ...workbench.faults(), ...change })
    return nothingDone
  },
})
