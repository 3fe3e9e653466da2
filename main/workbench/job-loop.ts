import type { Engine, JobFaults } from '#engine/engine'
import { EngineError } from '#engine/errors'
import type { Faults, Job, JobDetails } from '#engine/model'
import type { JobObserver } from './observer.ts'
import type { WorkPlace } from './threads.ts'

/** As `setTimeout` of node:timers/promises; a virtual clock's returns at once. */
export type Wait = (ms: number, value?: undefined, options?: { signal?: AbortSignal }) => Promise<unknown>

interface JobLoopOptions {
  engine: Engine
  belt: WorkPlace
  now: () => number
  wait: Wait
  onJob: (job: Job) => void
  /** Something that no job can be blamed for holds jobs up, or has stopped them until somebody wakes the loop again. */
  onTrouble: (error: unknown) => void
}

/** How long a worker goes on with batches before the main thread hears of it. */
const TURN_MS = 40

/** A thread that dies is started again at once; this often in a row, it is trouble. */
const MOST_LOSSES = 3

/** What may pass by itself or be mended by somebody, and how long it is waited for: half a second, doubled, about a minute in all. */
const TROUBLES: ReadonlySet<string> = new Set(['STORE_BUSY', 'STORE_FULL', 'ENVIRONMENT_UNUSABLE', 'WORKER_LOST'])
const TROUBLE_DELAY_MS = 500
const MOST_TRIES = 8

/** Completed, Paused, Failed or Cancelled: nothing more happens by itself. */
const isOver = ({ statecode }: Job): boolean => statecode === 3 || statecode === 1

/**
 * Runs jobs that are due, one after another, a few batches at a time; all it knows is in the store. While an observer
 * looks on, the job that it looks at stands still and others may run: a second loop for what the observer does.
 */
export class JobLoop {
  readonly #options: JobLoopOptions
  readonly #running = new Set<Promise<void>>()
  readonly #standing: string[] = []
  readonly #waiting = new Map<string, PromiseWithResolvers<JobDetails>>()
  #sleep = new AbortController()
  readonly #closing = new AbortController()
  #stopped = false
  #isWoken = false
  #loops = 0
  observer: JobObserver | undefined
  faults: Faults = { batchDelayMs: 0, failBatch: null }

  constructor(options: JobLoopOptions) {
    this.#options = options
  }

  /** Looks for work, unless it is at work already. */
  wake(): void {
    this.#isWoken = true
    this.#sleep.abort()
    if (this.#stopped || this.#loops > this.#standing.length) return
    const run = this.#run().catch((error) => this.#fail(error))
    this.#running.add(run)
    void run.finally(() => this.#running.delete(run))
  }

  /** Settles when the job is over: Completed, Paused, Failed or Cancelled. */
  ended(jobId: string): Promise<JobDetails> {
    const details = this.#options.engine.getJob(jobId)
    if (isOver(details.job)) return Promise.resolve(details)
    const waiting = this.#waiting.get(jobId) ?? Promise.withResolvers<JobDetails>()
    this.#waiting.set(jobId, waiting)
    return waiting.promise
  }

  /** After the batches under way. The job goes on at the next open. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#sleep.abort()
    this.#closing.abort()
    await Promise.all(this.#running)
    this.#fail(new EngineError('CANCELLED', 'The environment was closed. A job under way goes on when it is opened again.'))
  }

  /** Whoever wakes the loop while it is about to end makes it look once more. */
  async #run(): Promise<void> {
    const { engine } = this.#options
    this.#loops++
    try {
      while (!this.#stopped) {
        this.#isWoken = false
        const job = engine.nextJob(this.#standing)
        if (job) this.#settle(await this.#patiently(() => this.#turn(job)))
        else if (!(await this.#sleepUntilDue()) && !this.#isWoken) return
      }
    } finally {
      this.#loops--
    }
  }

  /** A disk that is full or a file that another program has locked is no job's fault: it is said, and tried again for a while. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { wait, onTrouble } = this.#options
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof EngineError) || !TROUBLES.has(error.code) || tries >= MOST_TRIES || this.#stopped) throw error
        onTrouble(error)
        await wait(TROUBLE_DELAY_MS * 2 ** (tries - 1), undefined, { signal: this.#closing.signal }).catch(() => undefined)
      }
    }
  }

  /** Whether there is a postponed job to sleep for. Somebody who wakes the loop cuts the sleep short. */
  async #sleepUntilDue(): Promise<boolean> {
    const { engine, now, wait } = this.#options
    const dueMs = engine.nextDueMs(this.#standing)
    if (dueMs === undefined) return false
    this.#sleep = new AbortController()
    await wait(Math.max(0, dueMs - now()), undefined, { signal: this.#sleep.signal }).catch((error: unknown) => {
      if (!this.#sleep.signal.aborted) throw error
    })
    return true
  }

  #settle(job: Job): void {
    this.#options.onJob(job)
    if (!isOver(job)) return
    this.#waiting.get(job.id)?.resolve(this.#options.engine.getJob(job.id))
    this.#waiting.delete(job.id)
  }

  #turn(job: Job): Promise<Job> {
    return this.observer ? this.observer.runBatch(job, (look) => this.standStill(job.id, look)) : this.#batches(job.id)
  }

  /** Leaves a job alone while somebody looks on; others may run. */
  async standStill(jobId: string, look: () => Promise<void>): Promise<void> {
    this.#standing.push(jobId)
    try {
      await look()
    } finally {
      this.#standing.splice(this.#standing.lastIndexOf(jobId), 1)
    }
  }

  async #batches(jobId: string): Promise<Job> {
    const { belt, now } = this.#options
    const faults = { failBatch: this.faults.failBatch }
    return this.faults.batchDelayMs > 0 ? this.#slowBatch(jobId, faults) : this.#again(() => belt.call('runJob', jobId, now() + TURN_MS, faults))
  }

  /** Slow motion: the batch holds its records while time passes, so that others meet them as held. */
  async #slowBatch(jobId: string, faults: JobFaults): Promise<Job> {
    const { belt, wait } = this.#options
    await this.#again(() => belt.call('holdBatch', jobId))
    await wait(this.faults.batchDelayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    return this.#again(() => belt.call('runHeld', jobId, undefined, faults))
  }

  /** A thread that died is started again; what it had not committed is done by the new one. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let losses = 1; ; losses++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'WORKER_LOST' || losses >= MOST_LOSSES) throw error
      }
    }
  }

  #fail(error: unknown): void {
    for (const { reject, promise } of this.#waiting.values()) {
      promise.catch(() => undefined)
      reject(error)
    }
    this.#waiting.clear()
    if (!this.#stopped) this.#options.onTrouble(error)
  }
}
