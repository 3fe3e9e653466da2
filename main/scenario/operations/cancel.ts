import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Cancels a paused job; its changes stay. */
export const cancel = defineOperation({
  key: 'cancel',
  shape: jobShape('cancel'),
  check: checkJob,
  async run(step, context) {
    const { id } = await context.user.cancelJob(findJob(step, context))
    return { ...nothingDone, outcome: 'Cancelled', mode: 'Async', jobId: id, waits: true }
  },
})
