import { fields, located, text } from '../shape.ts'
import { defineOperation, nothingDone } from './operation.ts'

const cleanUpShape = fields('cleanUpInheritedAccess', { relationship: located(text('a relationship')) }, {})

/** Starts the platform's job of type 96, after Share or Reparent of a relationship was switched off. */
export const cleanUpInheritedAccess = defineOperation({
  key: 'cleanUpInheritedAccess',
  shape: cleanUpShape,
  check: (stated, names) => names.relationship(stated.relationship),
  async run(relationship, { user }) {
    const { id } = await user.cleanUpInheritedAccess(relationship)
    return { ...nothingDone, mode: 'Async', jobId: id, starts: true }
  },
})
