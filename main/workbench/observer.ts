import type { Engine } from '#engine'
import type { JobFaults } from '#engine/contract/engine'
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

/** Who looks on while a cascade runs, and may do things in between: the cascade stands still meanwhile. */
export interface CascadeWatcher {
  /** A moment may come again, for instance when a batch is tried again. `jobId` is `null` for a synchronous cascade. */
  at(moment: CascadeMoment, jobId: string | null): Promise<void>
  /** Records before which it wants to look; others are not announced one by one. */
  records(): RecordRef[]
}

interface WatchedBatch {
  engine: Engine
  watcher: CascadeWatcher
  job: Job
  /** As they are now: whoever looks on may change them. */
  faults: () => JobFaults
  /** Leaves the job alone while somebody looks on. */
  standStill(look: () => Promise<void>): Promise<void>
  /** Slow motion: lets time pass with the batch's records held. */
  dwell(): Promise<void>
}

/** The next batch of a job with somebody looking on, on the thread of the engine. A batch that commits nothing has no after. */
export async function runWatched({ engine, watcher, job, faults, standStill, dwell }: WatchedBatch): Promise<Job> {
  const at = (moment: CascadeMoment) => standStill(() => watcher.at(moment, job.id))
  const { job: begun, attempt } = engine.beginBatch(job.id)
  if (begun.status !== 'In Progress') return begun
  const batch = begun.batches + 1
  // A job that was executed again has a new plan; the first one was announced when the job was made.
  if (job.total === 0) await at({ kind: 'afterPlan' })
  if (attempt > 1) await at({ kind: 'beforeAttempt', attempt })
  await at({ kind: 'beforeBatch', batch })
  engine.holdBatch(job.id)
  await dwell()
  await at({ kind: 'insideBatch', batch })
  const after = await runToEnd()
  if (after.batches >= batch) await at({ kind: 'afterBatch', batch })
  return engine.getJob(job.id).job

  async function runToEnd(): Promise<Job> {
    for (const record of engine.heldRecords(job.id, watcher.records())) {
      const before = engine.runHeld(job.id, record, faults())
      if (before.status !== 'In Progress') return before
      await at({ kind: 'beforeRecord', record })
    }
    return engine.runHeld(job.id, undefined, faults())
  }
}
