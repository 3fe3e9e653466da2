import type { Worker } from 'node:worker_threads'
import type { Engine, engineMethods } from '#engine'
import type { transferMethods } from '../batch/batch-methods.ts'
import type { CascadeArea } from './areas/cascades.ts'
import type { FaultArea } from './areas/faults.ts'
import type { JobArea } from './areas/jobs.ts'
import type { RecordArea } from './areas/records.ts'
import type { Facade } from './core.ts'
import type { WorkbenchEvent } from './events.ts'
import type { Wait } from './job-loop.ts'
import type { CascadeWatcher } from './observer.ts'
import type { InlinePlugins } from './threads.ts'

export interface WorkbenchOptions {
  path: string
  mode: 'create' | 'open'
  now: () => number
  newId: () => string
  /** Lets time pass; a virtual clock's returns at once. */
  wait: Wait
  /** Starts a batch worker's thread; `inline` does all work on this one. */
  worker: 'inline' | (() => Worker)
  /** What runs plug-ins where all work is done on this thread; batch workers have their own. */
  plugins?: InlinePlugins
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no plug-in gets at, besides the environment. */
  secret?: string[]
  /** Who looks on at which job, by its id; a crash of the environment leaves them to the next opening. */
  watchers?: Map<string, CascadeWatcher>
}

/** The engine's methods that the workbench offers as they were declared; the others need more than a turn or a thread. */
export type OfferedMethods = Omit<typeof engineMethods, 'createRecord' | 'updateRecord' | 'holdRecord' | 'load' | 'checkpoint'> &
  typeof transferMethods

/**
 * One open environment with its workers and its job loop: what the app, the command line and the scenario runner work with.
 * What is short is answered on the main thread; everything that can take long is a promise, runs in a worker, and reports progress
 * as events.
 */
export interface Workbench extends Facade<OfferedMethods>, RecordArea, Omit<CascadeArea, 'executeWithOptions'>, JobArea, FaultArea {
  readonly path: string
  /** Returns its own undo function. */
  subscribe(listener: (event: WorkbenchEvent) => void): () => void
  /** Waits for the batch under way to commit, then closes. A job that was under way goes on at the next open. */
  close(): Promise<void>
}

/** A workbench that does all work on this thread: scenarios and tests, where time is virtual. */
export interface InlineWorkbench extends Workbench, Pick<Engine, 'load'> {
  /** Reads that answer at once, since there is no worker to wait for. */
  readonly atOnce: Pick<Engine, 'findRecords' | 'findStepRuns'>
  /** Closes as a power cut would, waiting for nobody. Work that looks on is refused with WORKER_LOST. */
  cutOff(): void
}
