import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Engine } from '#engine'
import type { Progress } from '#engine/contract/environment'
import { EngineError } from '#engine/contract/errors'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import { workbenchText } from '#text/english/workbench'
import type { EnvironmentWork, UserWork } from '../batch/batch.contract.ts'
import { batchWork, needsPlugins } from '../batch/batch-work.ts'
import { endCheckpoint } from '../batch/checkpoints.ts'
import { CLOSING_MS, WorkerClient } from '../batch/worker-client.ts'
import { ForegroundTurns, FREE, makeTurns } from '../batch/write-turns.ts'

/** A thread that does work: a worker or the current one. */
export interface WorkPlace {
  call<M extends keyof EnvironmentWork>(
    method: M,
    ...args: Parameters<EnvironmentWork[M]>
  ): Promise<Awaited<ReturnType<EnvironmentWork[M]>>>
  /** Does work in the name of a user. */
  callAs<M extends keyof UserWork>(userId: string, method: M, ...args: Parameters<UserWork[M]>): Promise<Awaited<ReturnType<UserWork[M]>>>
}

/** The threads of one environment. */
export interface Threads {
  /** For work that a person waits for: previews and synchronous cascades. */
  interactive: WorkPlace
  /** For pages of tables and counts, which must not wait until a million records are planned. */
  query: WorkPlace
  /** For work in the background: jobs, imports and generators. */
  job: WorkPlace
  /** Terminates the job worker's thread as a crash would. Does nothing if work is done on this thread. */
  killJobWorker(): Promise<void>
  /** Stops the calls of these methods in a thread, see WorkerClient. Returns whether there were any. */
  stop(thread: 'interactive' | 'job', methods: readonly string[]): boolean
  /** Returns the methods that threads have not answered yet. */
  openCalls(): string[]
  /** Returns whether other work than that of jobs is writing. */
  isWriting(): boolean
  /** Makes a short change on the main thread once it has the write turn. @throws STORE_BUSY if that takes longer than the given time */
  writeHere<T>(withinMs: number, change: () => T): Promise<T>
  /** Closes all threads once the current work has ended or has taken too long. */
  close(underWay?: Promise<void>): Promise<void>
}

/** A runtime for plug-ins that must be waited for before it is used. */
export interface InlinePlugins {
  runtime: PluginRuntime
  ready(): Promise<void>
}

interface ThreadOptions {
  engine: Engine
  path: string
  draft?: string | undefined
  /** Where the threads agree who checkpoints. */
  checkpoints: SharedArrayBuffer
  worker: 'inline' | (() => Worker)
  /** Whether the threads are started in advance, or each with its first call. */
  startsAhead: boolean
  /** The plug-in runtime of this thread; workers have their own. */
  plugins?: InlinePlugins | undefined
  agreementKey?: string | undefined
  secret: string[]
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

export const openThreads = (options: ThreadOptions): Threads =>
  options.worker === 'inline' ? inlineThreads(options) : workerThreads({ ...options, worker: options.worker })

/** Does all work on this thread, in the order of the calls, for scenarios and tests with virtual time. */
function inlineThreads({ engine, plugins, now, newId, onProgress }: ThreadOptions): Threads {
  const work = batchWork({ engine, now, newId, onProgress })
  const readyFor = async (method: string) => {
    if (plugins && needsPlugins(engine, method)) await plugins.ready()
  }
  const here: WorkPlace = {
    async call(method, ...args) {
      await readyFor(method)
      return await (work[method] as (...given: typeof args) => never)(...args)
    },
    async callAs(userId, method, ...args) {
      await readyFor(method)
      return await (work.as(userId)[method] as (...given: typeof args) => never)(...args)
    },
  }
  return {
    interactive: here,
    query: here,
    job: here,
    killJobWorker: async () => undefined,
    stop: () => false,
    openCalls: () => [],
    isWriting: () => false,
    writeHere: async (_withinMs, change) => change(),
    close: async (underWay) => underWay,
  }
}

/** Number of writes on the main thread after which a worker checkpoints the log. */
const WRITES_A_CHECKPOINT = 1_000

const INTERACTIVE = 2
const JOB = 3
const QUERY = 4

function workerThreads(options: ThreadOptions & { worker: () => Worker }): Threads {
  const { engine, path, draft, checkpoints, worker, startsAhead, agreementKey, secret, onProgress } = options
  const { identity } = engine
  const turns = makeTurns()
  const foreground = new ForegroundTurns(turns)
  const client = (number: number) =>
    new WorkerClient({
      spawn: worker,
      setup: {
        path,
        turns,
        checkpoints,
        number,
        secret,
        ...(draft === undefined ? {} : { draft }),
        ...(identity === undefined ? {} : { identity }),
        ...(agreementKey === undefined ? {} : { agreementKey }),
      },
      onProgress,
      onLost: (lost) => {
        foreground.releaseWorker(lost)
        endCheckpoint(checkpoints, lost)
      },
    })
  const interactive = client(INTERACTIVE)
  const job = client(JOB)
  const query = client(QUERY)
  let writesHere = 0
  if (startsAhead) for (const ahead of [interactive, job]) ahead.start()
  return {
    interactive,
    query,
    job,
    killJobWorker: () => job.kill(),
    stop: (thread, methods) => ({ interactive, job })[thread].stop(methods),
    openCalls: () => [interactive, query, job].flatMap((each) => each.openCalls()),
    isWriting: () => ![FREE, JOB].includes(foreground.holder),
    async writeHere(withinMs, change) {
      if (!(await foreground.enter(withinMs)))
        throw new EngineError('STORE_BUSY', workbenchText.writing({ seconds: Math.round(withinMs / 1_000) }), {
          platform: 'SQLTimeout',
          hint: workbenchText.writingHint,
        })
      try {
        return change()
      } finally {
        foreground.leave()
        if (++writesHere % WRITES_A_CHECKPOINT === 0) void interactive.call('checkpoint').catch(() => undefined)
      }
    },
    async close(underWay = Promise.resolve()) {
      const patience = new AbortController()
      const isDone = await Promise.race([
        underWay.then(() => true),
        wait(CLOSING_MS, false, { signal: patience.signal }).catch(() => false),
      ])
      patience.abort()
      const leftMs = isDone ? CLOSING_MS : 0
      await Promise.all([interactive, query, job].map((each) => each.close(leftMs)))
      for (const number of [INTERACTIVE, QUERY, JOB]) endCheckpoint(checkpoints, number)
    },
  }
}
