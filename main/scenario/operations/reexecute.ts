import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Plans a paused job again from the current data and runs it; its outcome is the step's. */
export const reexecute = defineOperation({
  key: 'reexecute',
  shape: jobShape('reexecute'),
  check: checkJob,
  async run(step, context) {
    const { id } = await context.user.reexecuteJob(findJob(step, context), context.watcher ?? undefined)
    return { ...nothingDone, mode: 'Async', jobId: id }
  },
})
