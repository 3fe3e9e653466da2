import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Cancels a paused job; its changes stay. */
export const cancel = defineOperation({
  key: 'cancel',
  shape: jobShape('cancel'),
  check: checkJob,
  async run(step, context) {
    const { id } = await context.workbench.cancelJob(findJob(step, context), context.caller)
    return { ...nothingDone, outcome: 'Cancelled', mode: 'Async', jobId: id, waits: true }
  },
})
