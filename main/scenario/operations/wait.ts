import { EngineError } from '#engine/contract/errors'
import { checkJob, findJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Waits until a detached job is Completed, Paused, Failed or Cancelled. */
export const wait = defineOperation({
  key: 'wait',
  shape: jobShape('wait'),
  check: checkJob,
  async run(step, context) {
    const jobId = findJob(step, context)
    if (jobId === context.standing)
      throw new EngineError('INPUT_INVALID', 'The job is stopped during this operation, so waiting for it would never end.')
    return { ...nothingDone, mode: 'Async', jobId, waits: true }
  },
})
