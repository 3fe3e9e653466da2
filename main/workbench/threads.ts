import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Engine } from '#engine'
import type { Progress } from '#engine/contract/environment'
import { EngineError } from '#engine/contract/errors'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import type { BatchWork } from '../batch/batch.contract.ts'
import { batchWork, needsPlugins } from '../batch/batch-work.ts'
import { CLOSING_MS, WorkerClient } from '../batch/worker-client.ts'
import { ForegroundTurns, makeTurns } from '../batch/write-turns.ts'

/** One place where work is done: a thread, or this one. */
export interface WorkPlace {
  call<M extends keyof BatchWork>(method: M, ...args: Parameters<BatchWork[M]>): Promise<Awaited<ReturnType<BatchWork[M]>>>
}

/** Where the work of one environment is done. */
export interface Threads {
  /** Previews and synchronous cascades: what somebody waits for. */
  interactive: WorkPlace
  /** Pages of tables and their counts, which must not wait for the plan of a million records. */
  query: WorkPlace
  /** Jobs, imports and generators, which go on in the background. */
  job: WorkPlace
  /** Ends the job worker's thread as a crash would. Work on this thread cannot be ended. */
  killJobWorker(): Promise<void>
  /** A short write on the main thread, when it is its turn. @throws STORE_BUSY where that takes longer than the time given. */
  writeHere<T>(withinMs: number, change: () => T): Promise<T>
  /** Once the work under way is done, or has taken too long. */
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
  worker: 'inline' | (() => Worker)
  /** What runs plug-ins on this thread; a worker has its own. */
  plugins?: InlinePlugins | undefined
  agreementKey?: string | undefined
  secret: string[]
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

export const openThreads = (options: ThreadOptions): Threads =>
  options.worker === 'inline' ? inlineThreads(options) : workerThreads({ ...options, worker: options.worker })

/** Everything on this thread, in the order in which it is asked for: scenarios and tests, where time is virtual. */
function inlineThreads({ engine, plugins, now, newId, onProgress }: ThreadOptions): Threads {
  const work = batchWork({ engine, now, newId, onProgress })
  const here: WorkPlace = {
    async call(method, ...args) {
      if (plugins && needsPlugins(engine, method)) await plugins.ready()
      return await (work[method] as (...given: typeof args) => never)(...args)
    },
  }
  return {
    interactive: here,
    query: here,
    job: here,
    killJobWorker: async () => undefined,
    writeHere: async (_withinMs, change) => change(),
    close: async (underWay) => underWay,
  }
}

/** After so many writes of the main thread a worker brings the log into the file. */
const WRITES_A_CHECKPOINT = 1_000

const INTERACTIVE = 2
const JOB = 3
const QUERY = 4

function workerThreads({ path, worker, agreementKey, secret, onProgress }: ThreadOptions & { worker: () => Worker }): Threads {
  const turns = makeTurns()
  const foreground = new ForegroundTurns(turns)
  const client = (number: number) =>
    new WorkerClient({
      spawn: worker,
      setup: { path, turns, number, secret, ...(agreementKey === undefined ? {} : { agreementKey }) },
      onProgress,
      onLost: (lost) => foreground.releaseWorker(lost),
    })
  const interactive = client(INTERACTIVE)
  const job = client(JOB)
  // Started with the first page: the command line and its like never ask for one.
  const query = client(QUERY)
  let writesHere = 0
  interactive.start()
  job.start()
  return {
    interactive,
    query,
    job,
    killJobWorker: () => job.kill(),
    async writeHere(withinMs, change) {
      if (!(await foreground.enter(withinMs)))
        throw new EngineError('STORE_BUSY', `Another operation has been writing for ${Math.round(withinMs / 1_000)} seconds.`, {
          platform: 'SQLTimeout',
          hint: 'Wait until it is done, then try again.',
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
    },
  }
}
