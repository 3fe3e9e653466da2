import type { Worker } from 'node:worker_threads'
import type { EngineUser } from '#engine'
import type { FindJobs } from '#engine/contract/jobs'
import type { CascadeArea } from './areas/cascades.ts'
import type { CommerceArea } from './areas/commerce.ts'
import type { FaultArea } from './areas/faults.ts'
import type { JobArea, UserJobArea } from './areas/jobs.ts'
import type { LongWorkArea } from './areas/long-work.ts'
import type { RecordArea } from './areas/records.ts'
import type { Facade } from './core.ts'
import type { WorkbenchEvent } from './events.ts'
import type { Wait } from './job-loop.ts'
import type { CascadeWatcher } from './observer.ts'
import type { offeredMethods, offeredUserMethods } from './offered-methods.ts'
import type { InlinePlugins } from './threads.ts'

export interface WorkbenchOptions {
  path: string
  mode: 'create' | 'open'
  /** Where the file lies while it is being made; the caller puts it in place after closing. See EngineOptions. */
  draft?: string
  now: () => number
  newId: () => string
  /** Waits; with a virtual clock it returns at once. */
  wait: Wait
  /** Starts a batch worker's thread; with `inline` all work is done on this thread. */
  worker: 'inline' | (() => Worker)
  /** Whether the threads are started in advance, so that nobody waits for them, or each with its first call. @default true */
  startsAhead?: boolean
  /** The plug-in runtime if all work is done on this thread; batch workers have their own. */
  plugins?: InlinePlugins
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no permission opens to a plug-in, besides the environment. */
  secret?: string[]
  /** Watchers by job id. They survive a crash of the environment and continue after the next opening. */
  watchers?: Map<string, CascadeWatcher>
}

/** What one user can ask of an open environment. Each call is refused if the user does not exist, or is disabled, at that time. */
export interface WorkbenchUser
  extends Omit<Facade<typeof offeredUserMethods>, 'findJobs'>,
    RecordArea,
    Omit<CascadeArea, 'executeWithOptions'>,
    UserJobArea {
  findJobs: FindJobs
}

/**
 * One open environment with its workers and its job loop: what the app, the command line and the scenario runner work with.
 * What is short is answered on the main thread; everything that can take long is a promise, runs in a worker, and reports progress
 * as events.
 */
export interface Workbench extends Facade<typeof offeredMethods>, JobArea, FaultArea, LongWorkArea, CommerceArea {
  readonly path: string
  /** Returns the methods of a user, given by GUID. */
  as(userId: string): WorkbenchUser
  /** Subscribes to events. Returns a function that unsubscribes. */
  subscribe(listener: (event: WorkbenchEvent) => void): () => void
  /**
   * Closes after the current batch has committed. A running job continues when the environment is opened again.
   * @throws ENVIRONMENT_LOST after closing, if the file is not the one that was opened any more
   */
  close(): Promise<void>
}

/** A workbench that does all work on this thread: scenarios and tests, where time is virtual. */
export interface InlineWorkbench extends Workbench {
  /** Returns methods of a user that return at once, because there is no worker to wait for. */
  atOnce(userId: string): Pick<EngineUser, 'findRecords' | 'findStepRuns' | 'load'>
  /** Closes at once, as a power failure would. Watched work fails with WORKER_LOST. */
  cutOff(): void
}
