import type { Faults } from '#engine/contract/environment'
import { EngineError } from '#engine/contract/errors'
import { jobText } from '#text/english/jobs'
import { workbenchText } from '#text/english/workbench'
import type { Core } from '../core.ts'

/** Limit of the delay for each batch in slow motion, in milliseconds. */
const MOST_DELAY_MS = 60_000

export interface FaultArea {
  faults(): Faults
  /** Sets faults, which apply to the running job from its next batch on and are noted in its messages. */
  setFaults(faults: Faults): Faults
  /** Terminates the job worker's thread; the job continues by itself in a new one. */
  killWorker(): Promise<void>
}

/** Returns the methods for faults on purpose. */
export function faultArea(core: Core): FaultArea {
  const { engine, jobs, threads } = core
  return {
    faults: () => jobs.faults,
    setFaults(faults) {
      if (!(faults.batchDelayMs >= 0 && faults.batchDelayMs <= MOST_DELAY_MS))
        throw new EngineError('INPUT_INVALID', workbenchText.delayOutOfRange({ most: MOST_DELAY_MS }), {
          details: { ...faults },
        })
      if (faults.failBatch !== null && !(Number.isInteger(faults.failBatch) && faults.failBatch >= 1))
        throw new EngineError('INPUT_INVALID', workbenchText.batchesFromOne, { details: { ...faults } })
      jobs.faults = faults
      return faults
    },
    async killWorker() {
      const job = engine.nextJob()
      const isUnderWay = job !== undefined && engine.jobState(job.id).status === 'In Progress'
      // The thread may have the write turn, which is released only when the thread has ended.
      const noted = isUnderWay ? core.write(() => engine.addJobMessage(job.id, jobText.workerFault)) : undefined
      await Promise.all([noted, threads.killJobWorker()])
    },
  }
}
