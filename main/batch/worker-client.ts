import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { type Remote, wrap } from 'comlink'
import type { Progress } from '#engine/contract/environment'
import { EngineError, fromErrorData } from '#engine/contract/errors'
import { workbenchText } from '#text/english/workbench'
import type { Phrase } from '#text/parameters'
import type { Answer, BatchWorker, EnvironmentWork, ProgressMessage, UserWork, WorkerSetup } from './batch.contract.ts'
import { endpoint } from './endpoint.ts'

interface ClientOptions {
  spawn: () => Worker
  setup: WorkerSetup
  onProgress: (progress: Progress) => void
  /** Called when the thread has ended unexpectedly. The next call starts another. */
  onLost: (worker: number) => void
}

/**
 * Time limit for a thread to finish its work when the environment is closed, in milliseconds. A plug-in may take minutes: then the
 * thread is terminated, uncommitted changes are rolled back, and the job continues at the next opening.
 */
export const CLOSING_MS = 3_000

const workerLost = (reason: Phrase) =>
  new EngineError('WORKER_LOST', workbenchText.workerLost({ reason }), { hint: workbenchText.workerLostHint })

/** Calls one worker thread of an environment. Starts it with the first call, and again if it was lost. */
export class WorkerClient {
  readonly #options: ClientOptions
  #started: Promise<StartedWorker> | undefined

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Starts the thread in advance. The first call reports a failure. */
  start(): void {
    this.#started ??= this.#start()
    this.#started.catch(() => {
      this.#started = undefined
    })
  }

  call<M extends keyof EnvironmentWork>(
    method: M,
    ...args: Parameters<EnvironmentWork[M]>
  ): Promise<Awaited<ReturnType<EnvironmentWork[M]>>> {
    return this.#ask((remote) => remote.call(method, args))
  }

  callAs<M extends keyof UserWork>(userId: string, method: M, ...args: Parameters<UserWork[M]>): Promise<Awaited<ReturnType<UserWork[M]>>> {
    return this.#ask((remote) => remote.callAs(userId, method, args))
  }

  async #ask<Result>(question: (remote: Remote<BatchWorker>) => Promise<Answer<unknown>>): Promise<Result> {
    this.#started ??= this.#start()
    const { remote, lost } = await this.#started
    return unwrap((await Promise.race([question(remote), lost])) as Answer<Result>)
  }

  async close(withinMs = CLOSING_MS): Promise<void> {
    const started = await this.#started?.catch(() => undefined)
    if (!started) return
    started.closing = true
    const patience = new AbortController()
    await Promise.race([started.remote.close(), started.lost, wait(withinMs, undefined, { signal: patience.signal })]).catch(
      () => undefined,
    )
    patience.abort()
    await started.worker.terminate()
  }

  /** Terminates the thread at once, as a crash would. */
  async kill(): Promise<void> {
    const started = await this.#started
    await started?.worker.terminate()
  }

  async #start(): Promise<StartedWorker> {
    const { spawn, setup, onProgress, onLost } = this.#options
    const worker = spawn()
    // comlink's calls never settle when the thread dies, so each is raced against this.
    // An error comes before the exit; only after that does the next call start another thread.
    const lost = new Promise<never>((_, reject) => {
      let reason: string | undefined
      worker.once('error', (error) => {
        reason = error.message
      })
      worker.once('exit', (code) => reject(workerLost(reason ?? workbenchText.exitCode({ code: String(code) }))))
    })
    lost.catch(() => undefined)
    const started: StartedWorker = { worker, remote: wrap<BatchWorker>(endpoint(worker)), lost, closing: false }
    worker.once('exit', () => {
      if (started.closing) return
      this.#started = undefined
      onLost(setup.number)
    })
    worker.on('message', (message: Partial<ProgressMessage>) => {
      if (message.progress) onProgress(message.progress)
    })
    try {
      unwrap(await Promise.race([started.remote.open(setup), lost]))
    } catch (error) {
      // A thread that cannot open the environment must not keep the process alive.
      started.closing = true
      this.#started = undefined
      await worker.terminate()
      throw error
    }
    return started
  }
}

interface StartedWorker {
  worker: Worker
  remote: Remote<BatchWorker>
  lost: Promise<never>
  closing: boolean
}

function unwrap<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw fromErrorData(answer.error)
}
