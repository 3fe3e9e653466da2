import type { Engine } from '#engine'
import type { Change } from '#engine/contract/changes'
import type { Progress } from '#engine/contract/environment'
import { EngineError, isFileLost, messageOf, toErrorData } from '#engine/contract/errors'
import type { Job, JobProgress } from '#engine/contract/jobs'
import type { AnyMethod } from '#engine/contract/method'
import { jobText } from '#text/english/jobs'
import type { Message } from '#text/message'
import { transferMethods } from '../batch/batch-methods.ts'
import type { WorkbenchEvent } from './events.ts'
import { JobLoop, type Wait } from './job-loop.ts'
import type { CascadeWatcher } from './observer.ts'
import { type InlinePlugins, openThreads, type Threads, type WorkPlace } from './threads.ts'
import type { WorkbenchOptions } from './workbench.ts'

/** Says that the main thread must not do a piece of work itself. */
const ELSEWHERE = Symbol('elsewhere')

/** Interval in milliseconds between attempts to get a held record. */
const HELD_AGAIN_MS = 250

/** The type of a declared method in the workbench: short reads return at once, everything else returns a promise. */
type Offered<Declared> = Declared extends { where: infer Place; run(context: infer _, ...args: infer Args): infer Result }
  ? Declared extends { announces: unknown }
    ? (...args: Args) => Promise<Awaited<Result>>
    : Place extends 'main'
      ? (...args: Args) => Result
      : (...args: Args) => Promise<Awaited<Result>>
  : never

/** The types of declared methods in the workbench. */
export type Facade<Methods> = { [Name in keyof Methods]: Offered<Methods[Name]> }

/** Calls a method in a worker. */
type Elsewhere = (place: WorkPlace, name: string, args: unknown[]) => Promise<unknown>

/** What the areas of an open workbench share: threads and job loop, write turns, waiting for held records, and events. */
export class Core {
  readonly engine: Engine
  readonly threads: Threads
  readonly jobs: JobLoop
  /** Who watches which job, by its id. */
  readonly watchers: Map<string, CascadeWatcher>
  readonly isInline: boolean
  readonly #now: () => number
  readonly #wait: Wait
  readonly #plugins: InlinePlugins | undefined
  readonly #listeners = new Set<(event: WorkbenchEvent) => void>()
  /** The last announced state of each job that is not over, by its id. */
  readonly #announced = new Map<string, string>()
  #lastRun: number
  #lost: EngineError | undefined

  constructor(engine: Engine, options: WorkbenchOptions, checkpoints: SharedArrayBuffer) {
    const { path, draft, now, newId, wait, worker, startsAhead = true, plugins, agreementKey, secret = [], watchers = new Map() } = options
    this.engine = engine
    this.watchers = watchers
    this.isInline = worker === 'inline'
    this.#now = now
    this.#wait = wait
    this.#plugins = plugins
    this.#lastRun = engine.lastRun()
    const onProgress = (progress: Progress) => this.announce({ kind: 'progress', progress })
    this.threads = openThreads({
      engine,
      path,
      draft,
      checkpoints,
      worker,
      startsAhead,
      plugins,
      agreementKey,
      secret,
      now,
      newId,
      onProgress,
    })
    this.jobs = new JobLoop({
      engine,
      worker: this.threads.job,
      now,
      wait,
      ...(this.isInline ? { turnMs: 0, watcherOf: (jobId: string) => watchers.get(jobId) } : {}),
      ready: () => this.readyForPlugins(),
      onJob: (job) => this.announceJob(job),
      onTrouble: (error) => (isFileLost(error) ? this.lose(error) : this.#announceTrouble(error)),
    })
  }

  #announceTrouble(error: unknown): void {
    this.announce({ kind: 'trouble', error: toErrorData(error) })
  }

  /** Looks whether the file is still the one that was opened, and ends all work if it is not. */
  examineFile(): void {
    try {
      this.engine.examineFile()
    } catch (error) {
      if (isFileLost(error)) this.lose(error)
      else this.#announceTrouble(error)
    }
  }

  /** Ends all work and says why. Callers that wait for a job get the error. */
  lose(error: EngineError): void {
    if (this.#lost) return
    this.cutOff(error)
    this.#announceTrouble(error)
  }

  /** Settles when plug-ins can run on this thread, if they do. */
  async readyForPlugins(): Promise<void> {
    if (this.engine.usesPlugins()) await this.#plugins?.ready()
  }

  /** Subscribes to events. Returns a function that unsubscribes. */
  subscribe(listener: (event: WorkbenchEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  announce(event: WorkbenchEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Announces a job after a turn: its new state, or only its progress, and the tables that may have changed. */
  announceJob(job: Job): void {
    const haveStepsRun = this.announceSteps()
    const state = `${job.status} ${job.retryCount}`
    const isOver = job.statecode === 3
    // Jobs that come and end within one turn, as those of steps do, are announced together.
    if (this.#announced.get(job.id) === state) this.announce({ kind: 'jobProgress', progress: progressOf(job) })
    else if (this.#announced.has(job.id) || !isOver) this.announce({ kind: 'job', job })
    else this.announce({ kind: 'jobs' })
    if (isOver) this.#announced.delete(job.id)
    else this.#announced.set(job.id, state)
    // Steps may have written to any table, and a cascade finds unplanned children outside of its groups.
    const tables = isOver || haveStepsRun ? this.engine.model().tables.map(({ logicalName }) => logicalName) : this.engine.jobTables(job.id)
    if (tables.length > 0) this.announce({ kind: 'records', tables })
  }

  /** Announces new step runs, and asynchronous steps that they caused. Returns whether a step has run. */
  announceSteps(): boolean {
    const newest = this.engine.usesPlugins() ? this.engine.lastRun() : this.#lastRun
    const haveRun = newest !== this.#lastRun
    if (haveRun) this.announce({ kind: 'trace', lastRun: newest })
    this.#lastRun = newest
    if (this.engine.nextJob({ kinds: ['step'] })) {
      this.announce({ kind: 'jobs' })
      this.jobs.wake()
    }
    return haveRun
  }

  /** Announces what a call has changed. */
  changed(changes: Change[]): void {
    for (const change of changes) {
      this.announce(change)
      if (change.kind === 'plugins') this.jobs.wake()
      if (change.kind === 'records') this.announceSteps()
    }
  }

  /** Says what keeps all jobs waiting: an environment that cannot be used, or other work on their thread; `null` for nothing. */
  whyJobsWait(): Message | null {
    const { trouble } = this.jobs
    if (trouble) return jobText.waitsForEnvironment({ error: messageOf(trouble) })
    if (this.threads.openCalls().some((method) => Object.hasOwn(transferMethods, method))) return jobText.waitsForThread
    return this.threads.isWriting() ? jobText.waitsForWriter : null
  }

  /** Makes all later work fail with this error, as after a crash. */
  cutOff(error: EngineError): void {
    this.#lost = error
    this.jobs.cutOff(error)
  }

  /** @throws the error with which the workbench was cut off */
  checkAlive(): void {
    if (this.#lost) throw this.#lost
  }

  /** Repeats an action while a record that it needs is held, up to the time in the settings. @throws RECORD_HELD after that */
  async patiently<T>(act: () => Promise<T>): Promise<T> {
    const untilMs = this.#now() + this.#lockTimeoutMs()
    for (;;) {
      try {
        return await act()
      } catch (error) {
        const leftMs = untilMs - this.#now()
        if (!(error instanceof EngineError) || error.code !== 'RECORD_HELD' || leftMs <= 0) throw error
        await this.#wait(Math.min(HELD_AGAIN_MS, leftMs))
        this.checkAlive()
      }
    }
  }

  /** Makes a short change on this thread when it has the write turn. */
  async write<T>(change: () => T): Promise<T> {
    this.checkAlive()
    return this.patiently(() => this.threads.writeHere(this.#lockTimeoutMs(), change))
  }

  /** Makes a change to which steps may listen: on this thread if there are none, else in a worker, because steps may take long. */
  async withSteps<T>(here: () => T, there: () => Promise<T>): Promise<T> {
    const { engine } = this
    this.checkAlive()
    try {
      if (engine.usesPlugins()) return await this.patiently(there)
      const done = await this.write(() => (engine.usesPlugins() ? ELSEWHERE : { value: here() }))
      return done === ELSEWHERE ? await this.patiently(there) : done.value
    } finally {
      this.announceSteps()
    }
  }

  /** Returns the workbench's methods for declared ones: each runs in the declared place and announces what it changed. */
  offer<Methods extends Record<string, AnyMethod>>(methods: Methods): Facade<Methods> {
    return this.#offered(methods, this.engine, (place, name, args) => place.call(name as 'table', ...(args as [string])))
  }

  /** Returns the workbench's methods for those that are called in the name of a user. */
  offerTo<Methods extends Record<string, AnyMethod>>(userId: string, methods: Methods): Facade<Methods> {
    const callAs = (place: WorkPlace, name: string, args: unknown[]) => place.callAs(userId, name as 'countRecords', ...(args as [string]))
    return this.#offered(methods, this.engine.as(userId), callAs)
  }

  #offered<Methods extends Record<string, AnyMethod>>(methods: Methods, here: object, there: Elsewhere): Facade<Methods> {
    const offered = Object.entries(methods).map(([name, method]) => [name, this.#offeredOne(name, method, here, there)])
    return Object.fromEntries(offered) as Facade<Methods>
  }

  #offeredOne(name: string, { where, announces }: AnyMethod, here: object, there: Elsewhere): (...args: unknown[]) => unknown {
    const call = (here as Record<string, (...given: unknown[]) => unknown>)[name] as (...given: unknown[]) => unknown
    if (where === 'main' && !announces) return call
    const run = (args: unknown[]): Promise<unknown> =>
      where === 'main' ? this.write(() => call(...args)) : there(this.threads[where], name, args)
    return async (...args) => {
      this.checkAlive()
      const result = await run(args)
      this.changed(announces?.(result, args) ?? [])
      return result
    }
  }

  #lockTimeoutMs(): number {
    return this.engine.settings().lockTimeoutSeconds * 1_000
  }
}

/** Returns what changes with every turn of a job. */
const progressOf = ({ id, name, total, processed, batches, modifiedOnMs }: Job): JobProgress => ({
  id,
  name,
  total,
  processed,
  batches,
  modifiedOnMs,
})
