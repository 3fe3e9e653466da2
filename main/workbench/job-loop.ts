import type { Engine } from '#engine/engine'
import { EngineError } from '#engine/errors'
import type { Job, JobDetails } from '#engine/model'
import type { WorkPlace } from './threads.ts'

interface JobLoopOptions {
  engine: Engine
  belt: WorkPlace
  now: () => number
  onJob: (job: Job) => void
  /** Something that no job can be blamed for stopped the loop. */
  onTrouble: (error: unknown) => void
}

/** How long a worker goes on with batches before the main thread hears of it. */
const TURN_MS = 40

/** A thread that dies at once, this often in a row, is not started again. */
const MOST_LOSSES = 3

const isOver = ({ statecode }: Job): boolean => statecode === 3 || statecode === 1

/** Runs waiting jobs, one after another, a few batches at a time. All it knows is in the store. */
export class JobLoop {
  readonly #options: JobLoopOptions
  #running: Promise<void> | undefined
  #stopped = false
  #waiting = new Map<string, PromiseWithResolvers<JobDetails>>()

  constructor(options: JobLoopOptions) {
    this.#options = options
  }

  /** Looks for work, unless it is at work already. */
  wake(): void {
    this.#running ??= this.#run().catch((error) => this.#fail(error)).finally(() => {
      this.#running = undefined
    })
  }

  /** Settles when the job is over: Completed, Paused, Failed or Cancelled. */
  ended(jobId: string): Promise<JobDetails> {
    const details = this.#options.engine.getJob(jobId)
    if (isOver(details.job)) return Promise.resolve(details)
    const waiting = this.#waiting.get(jobId) ?? Promise.withResolvers<JobDetails>()
    this.#waiting.set(jobId, waiting)
    return waiting.promise
  }

  /** After the batches under way. The job goes on at the next open. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
    this.#fail(new EngineError('CANCELLED', 'The environment was closed. A job under way goes on when it is opened again.'))
  }

  async #run(): Promise<void> {
    const { engine, onJob } = this.#options
    for (let job = engine.nextJob(); job && !this.#stopped; job = engine.nextJob()) {
      const after = await this.#turn(job.id)
      onJob(after)
      if (!isOver(after)) continue
      this.#waiting.get(job.id)?.resolve(engine.getJob(job.id))
      this.#waiting.delete(job.id)
    }
  }

  async #turn(jobId: string): Promise<Job> {
    const { belt, now } = this.#options
    for (let losses = 1; ; losses++) {
      try {
        return await belt.call('runJob', jobId, now() + TURN_MS)
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'WORKER_LOST' || losses >= MOST_LOSSES) throw error
      }
    }
  }

  #fail(error: unknown): void {
    for (const { reject, promise } of this.#waiting.values()) {
      promise.catch(() => undefined)
      reject(error)
    }
    this.#waiting.clear()
    if (!this.#stopped) this.#options.onTrouble(error)
  }
}
