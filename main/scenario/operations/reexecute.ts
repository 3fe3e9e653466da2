import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** A paused job is planned again from the data as they are; the step comes to what the job comes to. */
export const reexecute = defineOperation({
  key: 'reexecute',
  shape: jobShape('reexecute'),
  check: checkJob,
  async run(step, context) {
    const { id } = await context.workbench.reexecuteJob(findJob(step, context), context.caller, context.watcher ?? undefined)
    return { ...nothingDone, mode: 'Async', jobId: id }
  },
})
