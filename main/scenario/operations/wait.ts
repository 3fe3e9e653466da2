import { EngineError } from '#engine/errors'
import { checkJob, jobShape } from './job-name.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Until a detached job is Completed, Paused, Failed or Cancelled. */
export const wait = defineOperation({
  key: 'wait',
  shape: jobShape('wait'),
  check: checkJob,
  async run(step, { jobOf }) {
    const jobId = jobOf(step)
    if (jobId === null)
      throw new EngineError('INPUT_INVALID', step === 'last' ? 'No step has started a job yet.' : `Step "${step}" started no job.`)
    return { ...nothingDone, mode: 'Async', jobId, waits: true }
  },
})
