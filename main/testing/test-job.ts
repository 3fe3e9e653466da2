import type { JobDetails, StepJob } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
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
    error: message === null || status === 'Completed' ? null : { code: job.errorCode, message: inEnglish(message) },
    messages: messages.map(({ text }) => inEnglish(text)),
  }
}

/** Describes the job of an asynchronous step, which nobody pauses or cancels. */
export function toTestStepJob({ id, name, plugin, messageName, status, retryCount, errorCode, message }: StepJob): TestStepJob {
  return {
    id,
    name,
    plugin,
    message: messageName,
    status: status as TestStepJob['status'],
    retryCount,
    error: message === null ? null : { code: errorCode, message: inEnglish(message) },
  }
}
