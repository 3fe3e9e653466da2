import { Worker } from 'node:worker_threads'
import { v7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import type { Workbench, WorkbenchEvent } from '../../main/workbench/index.ts'
import { openWorkbench } from '../../main/workbench/index.ts'
import type { Lab } from './engine.ts'

export const spawnBatchWorker = () => new Worker(new URL('../../main/batch/batch.worker.ts', import.meta.url))

/** Time that passes when the test says so: whoever waits stands still until then, or until the wait is given up. */
export class StoppedTime {
  #waiting: { resolve: () => void }[] = []
  #arrivals: (() => void)[] = []

  wait = (_ms: number, _value?: undefined, { signal }: { signal?: AbortSignal } = {}): Promise<void> =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      this.#waiting.push({ resolve })
      for (const arrive of this.#arrivals.splice(0)) arrive()
    })

  /** Settles as soon as somebody waits. */
  async someoneWaits(): Promise<void> {
    if (this.#waiting.length === 0) await new Promise<void>((resolve) => this.#arrivals.push(resolve))
  }

  pass(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve()
  }
}

export interface OpenedWorkbench {
  workbench: Workbench
  /** In the order of their start: the interactive and the job worker first. */
  workers: Worker[]
  events: WorkbenchEvent[]
  time: StoppedTime
}

/** A workbench over a lab's file, with real threads; closed before the lab is. */
export async function openThreads(lab: Lab, spawn: (number: number) => Worker = spawnBatchWorker): Promise<OpenedWorkbench> {
  const workers: Worker[] = []
  const events: WorkbenchEvent[] = []
  const time = new StoppedTime()
  const worker = () => {
    const started = spawn(workers.length)
    workers.push(started)
    return started
  }
  const workbench = await openWorkbench({ path: lab.path, mode: 'open', now: Date.now, newId: () => v7(), wait: time.wait, worker })
  workbench.subscribe((event) => events.push(event))
  onTestFinished(() => workbench.close().catch(() => undefined))
  return { workbench, workers, events, time }
}

/** As `refusalOf`, of a promise. */
export async function refusalOfAsync(
  action: Promise<unknown>,
): Promise<{ code: string; platformCode: string | null; details: Record<string, unknown> }> {
  try {
    await action
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { code: error.code, platformCode: error.platformCode, details: error.details }
  }
  throw new Error('Nothing was refused')
}
