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

const stopped = () => new EngineError('CANCELLED', workbenchText.stopped)

/** A call that has not been answered. */
interface OpenCall {
  method: string
  isStopped: boolean
  /** The thread that has it, and its place in the order in which that thread does its calls. */
  sent: { to: StartedWorker; number: number } | null
}

/** Calls one worker thread of an environment. Starts it with the first call, and again if it was lost. */
export class WorkerClient {
  readonly #options: ClientOptions
  #started: Promise<StartedWorker> | undefined
  readonly #calls = new Set<OpenCall>()
  #sent = 0

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
    return this.#ask(method, (remote) => remote.call(method, args))
  }

  callAs<M extends keyof UserWork>(userId: string, method: M, ...args: Parameters<UserWork[M]>): Promise<Awaited<ReturnType<UserWork[M]>>> {
    return this.#ask(method, (remote) => remote.callAs(userId, method, args))
  }

  async #ask<Result>(method: string, question: (remote: Remote<BatchWorker>) => Promise<Answer<unknown>>): Promise<Result> {
    const call: OpenCall = { method, isStopped: false, sent: null }
    this.#calls.add(call)
    try {
      for (;;) {
        this.#started ??= this.#start()
        const started = await this.#started
        if (call.isStopped) throw stopped()
        call.sent = { to: started, number: ++this.#sent }
        try {
          return unwrap((await Promise.race([question(started.remote), started.lost])) as Answer<Result>)
        } catch (error) {
          if (call.isStopped) throw stopped()
          // The thread was ended for the call before this one, so that it has not begun this one.
          if (!started.isStopping) throw error
        }
      }
    } finally {
      this.#calls.delete(call)
      this.#endStopped()
    }
  }

  /** Returns the methods of the calls that have not been answered. */
  openCalls(): string[] {
    return [...this.#calls].map(({ method }) => method)
  }

  /**
   * Stops the calls of these methods, which fail with CANCELLED. Since a thread at work hears no messages, it is ended while it does such
   * a call: what that has not committed is rolled back, and a new thread does the calls after it. Returns whether there were any.
   */
  stop(methods: readonly string[]): boolean {
    const chosen = [...this.#calls].filter(({ method }) => methods.includes(method))
    for (const call of chosen) call.isStopped = true
    this.#endStopped()
    return chosen.length > 0
  }

  /** Ends the thread if the call that it does is to be stopped. */
  #endStopped(): void {
    const sent = [...this.#calls].flatMap((call) => (call.sent === null ? [] : [{ call, ...call.sent }]))
    const [first] = sent.sort((a, b) => a.number - b.number)
    if (first === undefined || !first.call.isStopped || first.to.isStopping) return
    first.to.isStopping = true
    void first.to.worker.terminate()
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
    const started: StartedWorker = { worker, remote: wrap<BatchWorker>(endpoint(worker)), lost, closing: false, isStopping: false }
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
  /** Whether it is ended because the call that it does was stopped. */
  isStopping: boolean
}

function unwrap<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw fromErrorData(answer.error)
}
