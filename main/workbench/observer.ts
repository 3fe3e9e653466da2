import type { Engine } from '#engine'
import type { JobFaults, QueuedJob } from '#engine/contract/engine'
import type { Job } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'

/** A moment of a running cascade. Batches and attempts count from 1. */
export type CascadeMoment =
  | { kind: 'afterPlan' }
  | { kind: 'beforeBatch'; batch: number }
  | { kind: 'insideBatch'; batch: number }
  | { kind: 'afterBatch'; batch: number }
  | { kind: 'beforeRecord'; record: RecordRef }
  | { kind: 'beforeAttempt'; attempt: number }

/** Follows a cascade step by step. The cascade is stopped during each call, so that the watcher can act in between. */
export interface CascadeWatcher {
  /** Called at each moment, which may recur, for instance when a batch is retried. `jobId` is `null` for a synchronous cascade. */
  at(moment: CascadeMoment, jobId: string | null): Promise<void>
  /** Returns the records before which the watcher is called; other records are not announced. */
  records(): RecordRef[]
}

interface WatchedBatch {
  engine: Engine
  watcher: CascadeWatcher
  job: QueuedJob
  /** Returns the current faults, which the watcher may change. */
  faults: () => JobFaults
  /** Stops the job while the watcher is called. */
  standStill(look: () => Promise<void>): Promise<void>
  /** Waits for the delay of slow motion, with the batch's records held. */
  dwell(): Promise<void>
}

/** Runs the next batch of a watched job, on the thread of the engine. A batch that commits nothing has no moment after it. */
export async function runWatched({ engine, watcher, job, faults, standStill, dwell }: WatchedBatch): Promise<Job> {
  const at = (moment: CascadeMoment) => standStill(() => watcher.at(moment, job.id))
  const { total } = engine.jobState(job.id)
  const { job: begun, attempt } = engine.beginBatch(job.id)
  if (begun.status !== 'In Progress') return begun
  const batch = begun.batches + 1
  // A re-executed job has a new plan; the first one was announced when the job was created.
  if (total === 0) await at({ kind: 'afterPlan' })
  if (attempt > 1) await at({ kind: 'beforeAttempt', attempt })
  await at({ kind: 'beforeBatch', batch })
  engine.holdBatch(job.id)
  await dwell()
  await at({ kind: 'insideBatch', batch })
  const after = await runToEnd()
  if (after.batches >= batch) await at({ kind: 'afterBatch', batch })
  return engine.jobState(job.id)

  async function runToEnd(): Promise<Job> {
    for (const record of engine.heldRecords(job.id, watcher.records())) {
      const before = engine.runHeld(job.id, record, faults())
      if (before.status !== 'In Progress') return before
      await at({ kind: 'beforeRecord', record })
    }
    return engine.runHeld(job.id, undefined, faults())
  }
}
