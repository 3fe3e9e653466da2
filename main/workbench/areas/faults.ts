import type { Faults } from '#engine/contract/environment'
import { EngineError } from '#engine/contract/errors'
import type { Core } from '../core.ts'

/** The longest slow motion: a minute for each batch. */
const MOST_DELAY_MS = 60_000

export interface FaultArea {
  faults(): Faults
  /** Acts on the job under way from its next batch on; marked as a fault in the job's messages. */
  setFaults(faults: Faults): Faults
  /** Ends the job worker's thread without warning; the job goes on by itself in a new one. */
  killWorker(): Promise<void>
}

/** What goes wrong on purpose. */
export function faultArea(core: Core): FaultArea {
  const { engine, jobs, threads } = core
  return {
    faults: () => jobs.faults,
    setFaults(faults) {
      if (!(faults.batchDelayMs >= 0 && faults.batchDelayMs <= MOST_DELAY_MS))
        throw new EngineError('INPUT_INVALID', `A delay for each batch is from 0 to ${MOST_DELAY_MS} milliseconds.`, {
          details: { ...faults },
        })
      if (faults.failBatch !== null && !(Number.isInteger(faults.failBatch) && faults.failBatch >= 1))
        throw new EngineError('INPUT_INVALID', 'Batches are numbered from 1.', { details: { ...faults } })
      jobs.faults = faults
      return faults
    },
    async killWorker() {
      const job = engine.nextJob()
      const isUnderWay = job?.status === 'In Progress'
      // The thread may be writing, and a step in it never end: whoever waits for the turn gets it with the thread's death.
      const noted = isUnderWay
        ? core.write(() => engine.addJobMessage(job.id, 'Fault: the worker thread was killed on purpose.'))
        : undefined
      await Promise.all([noted, threads.killJobWorker()])
    },
  }
}
