import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import type { BatchRun } from './batch-run.ts'
import { JobStopped, runRecords, runTogether } from './run-records.ts'
import { listensToJob } from './units.ts'

/**
 * Runs a batch of a job that is In Progress, or a part of one. Returns the job as it is then, so that it goes on exactly where it
 * stopped. A record that fails undoes no other: the batch commits up to it. Records without steps share one transaction with the job's
 * position; one with steps has its own. A job that somebody has paused meanwhile is left as it is.
 */
export function runRange(run: BatchRun): CascadeJobRow {
  try {
    return !run.isEmpty && listensToJob(run) ? runRecords(run) : runTogether(run)
  } catch (error) {
    if (!(error instanceof JobStopped)) throw error
    const { connection } = run.context
    connection.write(() => cascadeJobStatements(connection).letGo.run(run.job.number))
    return run.reread()
  }
}
