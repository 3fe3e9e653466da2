import type { Engine, EngineUser } from '#engine'
import type { FileIdentity } from '#engine/contract/engine'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Bound } from '#engine/contract/method'
import type { packageMethods, sourceMethods, userBatchMethods } from './batch-methods.ts'

/** The data with which a worker starts. */
export interface WorkerSetup {
  path: string
  /** See EngineOptions. */
  draft?: string
  /** The file that the main thread has open. */
  identity?: FileIdentity
  turns: SharedArrayBuffer
  checkpoints: SharedArrayBuffer
  /** Number of the worker, from 2; marks in shared memory who has the right to write. */
  number: number
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no permission opens to a plug-in. */
  secret: string[]
}

/** What a worker can be asked for about the environment: the engine's methods and its own. Plain data in, plain data out. */
export type EnvironmentWork = Omit<Engine, 'path' | 'identity' | 'close' | 'as'> &
  Bound<typeof sourceMethods> &
  Bound<typeof packageMethods>

/** What a worker can be asked for in the name of a user. */
export type UserWork = EngineUser & Bound<typeof userBatchMethods>

export interface BatchWork extends EnvironmentWork {
  as(userId: string): UserWork
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** What a worker offers across the thread border, where errors travel as data because a thrown one keeps only its message. */
export interface BatchWorker {
  open(setup: WorkerSetup): Promise<Answer<undefined>>
  call(method: keyof EnvironmentWork, args: unknown[]): Promise<Answer<unknown>>
  callAs(userId: string, method: keyof UserWork, args: unknown[]): Promise<Answer<unknown>>
  close(): Promise<Answer<undefined>>
}

/** Posted beside comlink's own messages, without a reply. */
export interface ProgressMessage {
  progress: Progress
}
