import type { Engine } from '#engine'
import type { JobFaults, QueuedJob } from '#engine/contract/engine'
import type { Faults } from '#engine/contract/environment'
import { EngineError, isEnvironmentFailure, isFileLost, isThreadFailure, toErrorData } from '#engine/contract/errors'
import type { Job, JobKindName } from '#engine/contract/jobs'
import { JOB_KINDS } from '#engine/contract/jobs'
import { ENVIRONMENT_POLICY, THREAD_POLICY, waitAfter } from '#engine/jobs/retry-policy'
import { workbenchText } from '#text/english/workbench'
import { type CascadeWatcher, runWatched } from './observer.ts'
import type { WorkPlace } from './threads.ts'

/** Waits like `setTimeout` of node:timers/promises; with a virtual clock it returns at once. */
export type Wait = (ms: number, value?: undefined, options?: { signal?: AbortSignal }) => Promise<unknown>

interface JobLoopOptions {
  engine: Engine
  /** The thread that runs the batches of jobs. */
  worker: WorkPlace
  now: () => number
  wait: Wait
  /** Time in milliseconds for which a worker runs batches before it reports to the main thread; 0 for one batch. @default 80 */
  turnMs?: number
  /** Returns the watcher of a job; only if all work is done on this thread. */
  watcherOf?: (jobId: string) => CascadeWatcher | undefined
  /** Settles when plug-ins can run on this thread, if they do. */
  ready?: () => Promise<void>
  onJob: (job: Job) => void
  /** Called when a cause outside the jobs delays them or has stopped them until the loop is woken again, and for an error that stopped a job. */
  onTrouble: (error: unknown) => void
}

const TURN_MS = 80

/** The longest time that a timer takes; a longer one would end at once. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1

/** The last kind, so that the first turn belongs to the kind after it. */
const LAST_KIND = JOB_KINDS[JOB_KINDS.length - 1] as JobKindName

/** Returns whether a job is Completed, Paused, Failed or Cancelled and does not continue by itself. */
const isOver = ({ statecode }: Job): boolean => statecode === 3 || statecode === 1

/**
 * Runs due jobs one after another, a few batches at a time. All lasting state is in the store. While a watcher examines a
 * job, that job is stopped and a second loop runs other jobs that the watcher may cause. A job whose turn ends in an unexpected error
 * is stopped, and the others go on; only a failure of the environment stops all.
 */
export class JobLoop {
  readonly #options: JobLoopOptions
  readonly #running = new Set<Promise<void>>()
  /** Jobs that no other loop may take: running ones, those that a watcher has stopped, and those that could not even be stopped. */
  readonly #taken: string[] = []
  /** Those of the taken jobs that could not even be stopped. */
  readonly #aside: string[] = []
  readonly #waiting = new Map<string, PromiseWithResolvers<Job>>()
  #sleep = new AbortController()
  readonly #closing = new AbortController()
  #stopped = false
  #lost: EngineError | undefined
  #trouble: EngineError | undefined
  #isWoken = false
  /** The kind that has the turn, and until when. */
  #turn: { kind: JobKindName; untilMs: number } = { kind: LAST_KIND, untilMs: 0 }
  readonly #idle = new Map<JobKindName, PromiseWithResolvers<void>>()
  #loops = 0
  /** Number of loops whose job a watcher has stopped. */
  #looking = 0
  faults: Faults = { batchDelayMs: 0, failBatch: null }

  constructor(options: JobLoopOptions) {
    this.#options = options
  }

  /** The failure of the environment that delays all jobs, or has stopped them until the loop is woken again. */
  get trouble(): EngineError | undefined {
    return this.#trouble
  }

  /** Must be called after somebody has moved a job by hand: callers that wait for its end get the job if it has stopped. */
  moved(job: Job): void {
    if (isOver(job) && !this.#taken.includes(job.id)) this.#resolve(job)
    this.#settleIdle()
  }

  /** Starts to look for due jobs, unless the loop is running already. */
  wake(): void {
    this.#isWoken = true
    this.#sleep.abort()
    if (this.#stopped || this.#loops > this.#looking) return
    const run = this.#run().catch((error) => this.#fail(error))
    this.#running.add(run)
    void run.finally(() => this.#running.delete(run))
  }

  /** Settles when the job is Completed, Paused, Failed or Cancelled and is no longer watched. */
  ended(jobId: string): Promise<Job> {
    const job = this.#options.engine.jobState(jobId)
    if (this.#lost) return Promise.reject(this.#lost)
    if (isOver(job) && !this.#taken.includes(jobId)) return Promise.resolve(job)
    const waiting = this.#waiting.get(jobId) ?? Promise.withResolvers<Job>()
    this.#waiting.set(jobId, waiting)
    return waiting.promise
  }

  /** Stops the loop after the current batches. The job continues when the environment is opened again. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#sleep.abort()
    this.#closing.abort()
    await Promise.all(this.#running)
    this.#reject(new EngineError('CANCELLED', workbenchText.closed))
  }

  /** Stops the loop at once, as a crash would. Callers that wait for a job get this error; a job that a watcher has stopped stays as it is. */
  cutOff(error: EngineError): void {
    this.#lost = error
    this.#stopped = true
    this.#sleep.abort()
    this.#closing.abort()
    this.#reject(error)
  }

  /** Runs until nothing is due. A wake during the last check makes it check again. */
  async #run(): Promise<void> {
    const { engine } = this.#options
    this.#loops++
    try {
      while (!this.#stopped && !this.#isOneTooMany()) {
        this.#isWoken = false
        const job = engine.nextJob({ kinds: this.#kindsInTurn(), except: this.#taken })
        if (job) await this.#giveTurn(job)
        else if (!(await this.#sleepUntilDue()) && !this.#isWoken) return
      }
    } finally {
      this.#loops--
    }
    this.wake()
  }

  /** Gives a job its turn, and stops it if that ends in an error which its records do not account for. @throws failures of the environment */
  async #giveTurn(job: QueuedJob): Promise<void> {
    try {
      this.#settle(await this.#patiently(() => this.#takeExaminedTurn(job)))
    } catch (error) {
      if (this.#stopped || isFileLost(error) || (isEnvironmentFailure(error) && !isThreadFailure(error))) throw error
      this.#options.onTrouble(error)
      await this.#halt(job, error)
    }
  }

  /** Stops a job with an error. One that cannot be stopped is set aside until the environment is opened again. */
  async #halt(job: QueuedJob, error: unknown): Promise<void> {
    try {
      this.#settle(await this.#patiently(() => this.#options.worker.call('haltJob', job.id, toErrorData(error))))
    } catch (failure) {
      if (this.#stopped || isFileLost(failure) || isEnvironmentFailure(failure)) throw failure
      this.#taken.push(job.id)
      this.#aside.push(job.id)
      this.#rejectOne(this.#waiting.get(job.id), error)
      this.#waiting.delete(job.id)
      this.#settleIdle()
    }
  }

  /** Returns the kinds in the order of their turns: the current one until its time is up, then the one after it. */
  #kindsInTurn(): JobKindName[] {
    const { kind, untilMs } = this.#turn
    const first = JOB_KINDS.indexOf(kind) + (this.#options.now() < untilMs ? 0 : 1)
    return [...JOB_KINDS.slice(first), ...JOB_KINDS.slice(0, first)]
  }

  /** Settles when no job of a kind is due or running. */
  idle(kind: JobKindName): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost)
    if (this.#isIdle(kind)) return Promise.resolve()
    const waiting = this.#idle.get(kind) ?? Promise.withResolvers<void>()
    this.#idle.set(kind, waiting)
    this.wake()
    return waiting.promise
  }

  #isIdle = (kind: JobKindName): boolean => this.#options.engine.nextJob({ kinds: [kind], except: this.#aside }) === undefined

  #settleIdle(): void {
    for (const [kind, { resolve }] of this.#idle) {
      if (!this.#isIdle(kind)) continue
      this.#idle.delete(kind)
      resolve()
    }
  }

  /** Returns whether there is one loop too many, after a stopped job continues. The first loop that asks ends. */
  #isOneTooMany(): boolean {
    return this.#loops - this.#looking > 1
  }

  /** Repeats work that fails for a cause outside the jobs, such as a full disk or a locked file, as the retry policy says, and reports it. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { wait, onTrouble } = this.#options
    for (let failures = 1; ; failures++) {
      try {
        const done = await work()
        this.#trouble = undefined
        return done
      } catch (error) {
        if (isEnvironmentFailure(error)) this.#trouble = error
        const waitMs = waitAfter(ENVIRONMENT_POLICY, failures)
        if (!isEnvironmentFailure(error) || waitMs === undefined || this.#stopped) throw error
        onTrouble(error)
        await wait(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
      }
    }
  }

  /** Sleeps until the next postponed job is due or the loop is woken. Returns false if there is none. */
  async #sleepUntilDue(): Promise<boolean> {
    const { engine, now, wait } = this.#options
    const dueMs = engine.nextDueMs({ except: this.#taken })
    if (dueMs === undefined) return false
    this.#sleep = new AbortController()
    await wait(Math.min(Math.max(0, dueMs - now()), LONGEST_SLEEP_MS), undefined, { signal: this.#sleep.signal }).catch(
      (error: unknown) => {
        if (!this.#sleep.signal.aborted) throw error
      },
    )
    return true
  }

  #settle(job: Job): void {
    this.#options.onJob(job)
    this.#settleIdle()
    if (isOver(job)) this.#resolve(job)
  }

  #resolve(job: Job): void {
    this.#waiting.get(job.id)?.resolve(job)
    this.#waiting.delete(job.id)
  }

  /** Takes a turn, and says nothing of it if the file that it was done in is not the one any more that was opened. */
  async #takeExaminedTurn(job: QueuedJob): Promise<Job> {
    const after = await this.#takeTurn(job)
    this.#options.engine.examineFile()
    return after
  }

  #takeTurn(job: QueuedJob): Promise<Job> {
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

  /** Keeps all loops from taking this job during `work`; other jobs may run. */
  async leaveAlone<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    this.#taken.push(jobId)
    try {
      return await work()
    } finally {
      this.#taken.splice(this.#taken.lastIndexOf(jobId), 1)
    }
  }

  async #standStill({ kind }: QueuedJob, look: () => Promise<void>): Promise<void> {
    this.#looking++
    // A watcher may wait for jobs of another kind.
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
    return this.#again(() => this.#options.worker.call('runJob', jobId, this.#turn.untilMs, faults))
  }

  /** Runs a batch in slow motion: holds its records for the delay, so that other operations meet held records. */
  async #slowBatch(jobId: string, faults: JobFaults): Promise<Job> {
    const { worker } = this.#options
    if (!(await this.#again(() => worker.call('holdBatch', jobId)))) return this.#slices(jobId, faults)
    await this.#dwell()
    return this.#again(() => worker.call('runHeld', jobId, undefined, faults))
  }

  async #dwell(): Promise<void> {
    if (this.faults.batchDelayMs === 0) return
    await this.#options.wait(this.faults.batchDelayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined)
  }

  /** Repeats work whose thread was lost; the new thread processes what was not committed. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let losses = 1; ; losses++) {
      try {
        return await work()
      } catch (error) {
        if (!isThreadFailure(error) || waitAfter(THREAD_POLICY, losses) === undefined) throw error
      }
    }
  }

  #fail(error: unknown): void {
    // stop() and cutOff() settle the waiting callers themselves.
    if (this.#stopped) return
    this.#reject(error)
    this.#options.onTrouble(error)
  }

  #reject(error: unknown): void {
    for (const waiting of [...this.#waiting.values(), ...this.#idle.values()]) this.#rejectOne(waiting, error)
    this.#waiting.clear()
    this.#idle.clear()
  }

  #rejectOne(waiting: Pick<PromiseWithResolvers<unknown>, 'promise' | 'reject'> | undefined, error: unknown): void {
    waiting?.promise.catch(() => undefined)
    waiting?.reject(error)
  }
}
