import { invalid } from '../scenario-error.ts'
import { fields, orEmpty, type Shape } from '../shape.ts'
import { assignRequest, assignShape, deleteRequest, deleteShape, mergeRequest, mergeShape, type RequestMaker } from './cascade-requests.ts'
import { defineOperation, nothingDone } from './operation.ts'

const previewFields = fields('a preview', {}, { assign: assignShape, delete: deleteShape, merge: mergeShape })

const preview: Shape<ReturnType<typeof previewFields>> = (node) => {
  const read = previewFields(node)
  if (Object.keys(read).length !== 1) throw invalid('A preview holds exactly one of assign, delete and merge.', node.at)
  return read
}

const checkShape = orEmpty(fields('check', {}, { preview }))

/** Checks expectations without changing anything, or plans a cascade without executing it. */
export const check = defineOperation({
  key: 'check',
  shape: checkShape,
  previews: (stated) => stated.preview !== undefined,
  check({ preview: planned }, names): RequestMaker | null {
    if (planned?.assign !== undefined) return assignRequest(planned.assign, names)
    if (planned?.delete !== undefined) return deleteRequest(planned.delete, names)
    if (planned?.merge !== undefined) return mergeRequest(planned.merge, names)
    return null
  },
  async run(request, { user, aliases, mode }) {
    if (request === null) return nothingDone
    const plan = await user.preview(request(aliases), mode)
    await user.discardPlan(plan.planId)
    return { ...nothingDone, mode: plan.mode, affected: plan.affected, preview: plan, error: plan.refusal }
  },
})
