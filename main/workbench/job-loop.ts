import type { Engine } from '#engine'
import type { JobFaults } from '#engine/contract/engine'
import type { Faults } from '#engine/contract/environment'
import { EngineError, isEnvironmentFailure } from '#engine/contract/errors'
import type { Job, JobDetails, JobKindName } from '#engine/contract/jobs'
import { JOB_KINDS } from '#engine/contract/jobs'
import { type CascadeWatcher, runWatched } from './observer.ts'
import type { WorkPlace } from './threads.ts'

/** As `setTimeout` of node:timers/promises; a virtual clock's returns at once. */
export type Wait = (ms: number, value?: undefined, options?: { signal?: AbortSignal }) => Promise<unknown>

interface JobLoopOptions {
  engine: Engine
  belt: WorkPlace
  now: () => number
  wait: Wait
  /** How long a worker goes on with batches before the main thread hears of it; 0 for one batch. @default 80 */
  turnMs?: number
  /** Who looks on at a job; only where all work is done on this thread. */
  watcherOf?: (jobId: string) => CascadeWatcher | undefined
  /** Settles when plug-ins can run on this thread, where they do. */
  ready?: () => Promise<void>
  onJob: (job: Job) => void
  /** Something that no job can be blamed for holds jobs up, or has stopped them until somebody wakes the loop again. */
  onTrouble: (error: unknown) => void
}

const TURN_MS = 80

/** The first turn is that of the kind after it. */
const LAST_KIND = JOB_KINDS[JOB_KINDS.length - 1] as JobKindName

/** A thread that dies is started again at once; this often in a row, it is trouble. */
const MOST_LOSSES = 3

/** How long the job loop waits for the environment after a failure of it: half a second, doubled each time, about a minute in all. */
const TROUBLE_DELAY_MS = 500
const MOST_TRIES = 8

/** Completed, Paused, Failed or Cancelled: nothing more happens by itself. */
const isOver = ({ statecode }: Job): boolean => statecode === 3 || statecode === 1

/**
 * Runs jobs that are due, one after another, a few batches at a time; all it knows is in the store. While a watcher looks
 * on, the job that it looks at stands still and others may run: a second loop for what the watcher does.
 */
export class JobLoop {
  readonly #options: JobLoopOptions
  readonly #running = new Set<Promise<void>>()
  /** Jobs that nobody else may take: those in a turn, and those that stand still. */
  readonly #taken: string[] = []
  readonly #waiting = new Map<string, PromiseWithResolvers<JobDetails>>()
  #sleep = new AbortController()
  readonly #closing = new AbortController()
  #stopped = false
  #lost: EngineError | undefined
  #isWoken = false
  /** The kind whose turn it is, and how long. */
  #turn: { kind: JobKindName; untilMs: number } = { kind: LAST_KIND, untilMs: 0 }
  readonly #idle = new Map<JobKindName, PromiseWithResolvers<void>>()
  #loops = 0
  /** Loops whose job stands still. */
  #looking = 0
  faults: Faults = { batchDelayMs: 0, failBatch: null }

  constructor(options: JobLoopOptions) {
    this.#options = options
  }

  /** Looks for work, unless it is at work already. */
  wake(): void {
    this.#isWoken = true
    this.#sleep.abort()
    if (this.#stopped || this.#loops > this.#looking) return
    const run = this.#run().catch((error) => this.#fail(error))
    this.#running.add(run)
    void run.finally(() => this.#running.delete(run))
  }

  /** Settles when the job is over: Completed, Paused, Failed or Cancelled, and nobody looks on any more. */
  ended(jobId: string): Promise<JobDetails> {
    const details = this.#options.engine.getJob(jobId)
    if (isOver(details.job) && !this.#taken.includes(jobId)) return Promise.resolve(details)
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
    this.#reject(new EngineError('CANCELLED', 'The environment was closed. A job under way goes on when it is opened again.'))
  }

  /** At once, as a crash would: whoever waits for a job hears this error, and a job that stands still is left as it is. */
  cutOff(error: EngineError): void {
    this.#lost = error
    this.#stopped = true
    this.#sleep.abort()
    this.#closing.abort()
    this.#reject(error)
  }

  /** Whoever wakes the loop while it is about to end makes it look once more. */
  async #run(): Promise<void> {
    const { engine } = this.#options
    this.#loops++
    try {
      while (!this.#stopped && !this.#isOneTooMany()) {
        this.#isWoken = false
        const job = engine.nextJob({ kinds: this.#kindsInTurn(), except: this.#taken })
        if (job) this.#settle(await this.#patiently(() => this.#takeTurn(job)))
        else if (!(await this.#sleepUntilDue()) && !this.#isWoken) return
      }
    } finally {
      this.#loops--
    }
    this.wake()
  }

  /** Kinds take turns: the one whose turn it is goes first until its time is up, then the one after it. */
  #kindsInTurn(): JobKindName[] {
    const { kind, untilMs } = this.#turn
    const first = JOB_KINDS.indexOf(kind) + (this.#options.now() < untilMs ? 0 : 1)
    return [...JOB_KINDS.slice(first), ...JOB_KINDS.slice(0, first)]
  }

  /** Settles when no job of a kind is due or under way. */
  idle(kind: JobKindName): Promise<void> {
    if (this.#isIdle(kind)) return Promise.resolve()
    const waiting = this.#idle.get(kind) ?? Promise.withResolvers<void>()
    this.#idle.set(kind, waiting)
    this.wake()
    return waiting.promise
  }

  #isIdle = (kind: JobKindName): boolean => this.#options.engine.nextJob({ kinds: [kind] }) === undefined

  #settleIdle(): void {
    for (const [kind, { resolve }] of this.#idle) {
      if (!this.#isIdle(kind)) continue
      this.#idle.delete(kind)
      resolve()
    }
  }

  /** A loop that was started while another's job stood still, when that job goes on. Whichever asks first ends, the other works. */
  #isOneTooMany(): boolean {
    return this.#loops - this.#looking > 1
  }

  /** A disk that is full or a file that another program has locked is no job's fault: it is said, and tried again for a while. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { wait, onTrouble } = this.#options
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!isEnvironmentFailure(error) || tries >= MOST_TRIES || this.#stopped) throw error
        onTrouble(error)
        await wait(TROUBLE_DELAY_MS * 2 ** (tries - 1), undefined, { signal: this.#closing.signal }).catch(() => undefined)
      }
    }
  }

  /** Whether there is a postponed job to sleep for. Somebody who wakes the loop cuts the sleep short. */
  async #sleepUntilDue(): Promise<boolean> {
    const { engine, now, wait } = this.#options
    const dueMs = engine.nextDueMs({ except: this.#taken })
    if (dueMs === undefined) return false
    this.#sleep = new AbortController()
    await wait(Math.max(0, dueMs - now()), undefined, { signal: this.#sleep.signal }).catch((error: unknown) => {
      if (!this.#sleep.signal.aborted) throw error
    })
    return true
  }

  #settle(job: Job): void {
    this.#options.onJob(job)
    this.#settleIdle()
    if (!isOver(job)) return
    this.#waiting.get(job.id)?.resolve(this.#options.engine.getJob(job.id))
    this.#waiting.delete(job.id)
  }

  #takeTurn(job: Job): Promise<Job> {
    const { engine, now, turnMs = TURN_MS, watcherOf, ready } = this.#options
    if (job.kind !== this.#turn.kind || now() >= this.#turn.untilMs) this.#turn = { kind: job.kind, untilMs: now() + turnMs }
    const watcher = watcherOf?.(job.id)
    if (!watcher) return this.leaveAlone(job.id, () => this.#batches(job.id))
    const faults = () => ({ failBatch: this.faults.failBatch })
    return this.leaveAlone(job.id, async () => {
      await ready?.()
      return runWatched({ engine, watcher, job, faults, standStill: (look) => this.#standStill(job, look), dwell: () => this.#dwell() })
    })
  }

  /** No loop takes this job meanwhile; others may run. */
  async leaveAlone<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    this.#taken.push(jobId)
    try {
      return await work()
    } finally {
      this.#taken.splice(this.#taken.lastIndexOf(jobId), 1)
    }
  }

  async #standStill({ kind }: Job, look: () => Promise<void>): Promise<void> {
    this.#looking++
    // Whoever looks on may wait for jobs of another kind.
    if (this.#options.engine.nextJob({ kinds: JOB_KINDS.filter((other) => other !== kind) })) this.wake()
    try {
      await look()
    } finally {
      this.#looking--
    }
    if (this.#lost) throw this.#lost
  }

  async #batches(jobId: string): Promise<Job> {
    const faults = { failBatch: this.faults.failBatch }
    return this.faults.batchDelayMs > 0 ? this.#slowBatch(jobId, faults) : this.#slices(jobId, faults)
  }

  #slices(jobId: string, faults: JobFaults): Promise<Job> {
    return this.#again(() => this.#options.belt.call('runJob', jobId, this.#turn.untilMs, faults))
  }

  /** Slow motion: the batch holds its records while time passes, so that others meet them as held. */
  async #slowBatch(jobId: string, faults: JobFaults): Promise<Job> {
    const { belt } = this.#options
    if (!(await this.#again(() => belt.call('holdBatch', jobId)))) return this.#slices(jobId, faults)
    await this.#dwell()
    return this.#again(() => belt.call('runHeld', jobId, undefined, faults))
  }

  async #dwell(): Promise<void> {
    if (this.faults.batchDelayMs === 0) return
    await this.#options.wait(this.faults.batchDelayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
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
    // Whoever stops the loop says so to those who wait.
    if (this.#stopped) return
    this.#reject(error)
    this.#options.onTrouble(error)
  }

  #reject(error: unknown): void {
    for (const { reject, promise } of this.#waiting.values()) {
      promise.catch(() => undefined)
      reject(error)
    }
    this.#waiting.clear()
    for (const { reject, promise } of this.#idle.values()) {
      promise.catch(() => undefined)
      reject(error)
    }
    this.#idle.clear()
  }
}
