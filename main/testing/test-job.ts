import type { JobDetails, StepJob } from '#engine/contract/jobs'
import type { TestJob, TestStepJob } from './environment.ts'

export function toTestJob({ job, messages }: JobDetails): TestJob {
  const { id, name, status, retryCount, attempts, total, processed, batches } = job
  const message = job.friendlyMessage ?? job.message
  return {
    id,
    name,
    status,
    retryCount,
    attempts,
    total,
    processed,
    batches,
    error: message === null || status === 'Completed' ? null : { code: job.errorCode, message },
    messages: messages.map(({ text }) => text),
  }
}

export function toTestStepJob({ id, name, plugin, message, status, retryCount, errorCode, errorMessage }: StepJob): TestStepJob {
  return { id, name, plugin, message, status, retryCount, error: errorMessage === null ? null : { code: errorCode, message: errorMessage } }
}
