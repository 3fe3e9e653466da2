import type { BatchJob } from '#engine/contract/jobs'
import { describeCommonFields } from '#engine/jobs/describe-job'
import type { JobKind } from '#engine/jobs/job-kind'
import { moveJob, statusOf } from '#engine/jobs/states'
import type { Connection } from '#engine/store/connection'
import type { SystemJobRow } from '#engine/store/system-jobs'
import { contentInvalid } from '#engine/store/unusable'
import { commerceOf } from '../commerce.ts'
import { continueRun } from '../headquarters/run-batch.ts'
import { type BatchRun, findRunOfJob } from '../store/logs.ts'

/** @throws ENVIRONMENT_UNUSABLE if the job has no run */
function runOf(connection: Connection, { number }: SystemJobRow): BatchRun {
  const run = findRunOfJob(connection, number)
  if (run === undefined) throw contentInvalid(connection, '_commerce_run', 'system_job', number)
  return run
}

/** Runs of the batch jobs of headquarters. A slice takes some rows, in one transaction with the place that the run has come to. */
export const batchKind: JobKind = {
  prepare({ session: { connection, options } }, job) {
    if (statusOf(job) !== 'In Progress') connection.write(() => moveJob(connection, job, 'In Progress', options.now()))
  },

  runSlice({ session }, job) {
    const commerce = commerceOf(session)
    const { connection, now } = commerce
    return connection.write(() => {
      const run = runOf(connection, job)
      continueRun(commerce, run)
      if (run.endedMs === null) return 'advanced'
      moveJob(connection, job, 'Completed', now())
      return 'done'
    })
  },

  recover: ({ connection, options }, job) => moveJob(connection, job, 'Waiting', options.now()),

  describe(connection, model, row): BatchJob {
    const { name, processed, synchronized, failed, pending } = runOf(connection, row)
    return {
      ...describeCommonFields(connection, model, row),
      kind: 'batch',
      regarding: null,
      failing: null,
      attempts: 0,
      total: processed + pending,
      processed,
      batches: 0,
      batch: name,
      synchronized,
      failed,
      pending,
    }
  },

  tables: () => [],
}
