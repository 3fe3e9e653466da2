import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Resumes a paused job where it stopped; its outcome is the step's. */
export const resume = defineOperation({
  key: 'resume',
  shape: jobShape('resume'),
  check: checkJob,
  async run(step, context) {
    const { id } = await context.user.resumeJob(findJob(step, context), context.watcher ?? undefined)
    return { ...nothingDone, mode: 'Async', jobId: id }
  },
})
