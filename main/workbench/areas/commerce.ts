import type { CommerceOperation, CommerceSchedule, OperationAnswer } from '../../commerce/api/operations.ts'
import type { Core } from '../core.ts'
import { commerceQueueMethods } from '../offered-methods.ts'

/** Asynchronous customers: operations with the system jobs that they queue. */
export interface CommerceArea {
  /** Does one operation, and waits for the system jobs that it has queued, whether they end or pause. @throws COMMERCE_REFUSED, INPUT_INVALID */
  operateCommerce(operation: CommerceOperation): Promise<OperationAnswer>
  /** Runs a job for all channels, or a batch, as its schedule does. */
  runScheduledCommerce(name: CommerceSchedule): Promise<void>
}

/** Returns the methods of asynchronous customers that queue system jobs. */
export function commerceArea(core: Core): CommerceArea {
  const { operateCommerce, queueScheduledCommerce } = core.offer(commerceQueueMethods)

  async function ended(jobs: readonly string[]): Promise<void> {
    if (jobs.length === 0) return
    core.announce({ kind: 'jobs' })
    core.jobs.wake()
    await Promise.all(jobs.map((job) => core.jobs.ended(job)))
    core.announce({ kind: 'commerce' })
  }

  return {
    async operateCommerce(operation) {
      const answer = await operateCommerce(operation)
      await ended(answer.jobs)
      return answer
    },
    runScheduledCommerce: async (name) => ended(await queueScheduledCommerce(name)),
  }
}
