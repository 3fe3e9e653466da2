import type { Engine } from '#engine/engine'
import type { Job, RecordRef } from '#engine/model'

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
  at(moment: CascadeMoment): Promise<void>
  /** Records before which it wants to look; others are not announced one by one. */
  records(): RecordRef[]
}

/** Runs a job batch by batch with somebody looking on. */
export interface JobObserver {
  runBatch(job: Job, standStill: (look: () => Promise<void>) => Promise<void>): Promise<Job>
}

/** One job under one watcher, on the thread of the engine. */
export function observeJob(engine: Engine, watched: (job: Job) => CascadeWatcher | undefined): JobObserver {
  return {
    async runBatch(job, standStill) {
      const watcher = watched(job)
      if (!watcher) return engine.runJob(job.id, 0)
      const at = (moment: CascadeMoment) => standStill(() => watcher.at(moment))
      const batch = job.batches + 1
      if (job.attempts > 0) await at({ kind: 'beforeAttempt', attempt: job.attempts + 1 })
      await at({ kind: 'beforeBatch', batch })
      engine.holdBatch(job.id)
      await at({ kind: 'insideBatch', batch })
      for (const record of engine.heldRecords(job.id, watcher.records())) {
        engine.runHeld(job.id, record)
        await at({ kind: 'beforeRecord', record })
      }
      const after = engine.runHeld(job.id)
      if (after.batches >= batch) await at({ kind: 'afterBatch', batch })
      return engine.getJob(job.id).job
    },
  }
}
