import type { JobDetails } from '#engine/model'
import { openWorkbench } from '../workbench/index.ts'
import type { CascadeWatcher } from '../workbench/observer.ts'
import type { Workbench } from '../workbench/workbench.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** The environment of one run: after a crash another workbench has the same file open. */
export class RunEnvironment {
  readonly clock: VirtualClock
  readonly #path: string
  /** By the ids of their jobs. They live outside of what crashes, so they go on looking on afterwards. */
  readonly #watchers = new Map<string, CascadeWatcher>()
  #opened: Promise<Workbench>
  #workbench: Workbench

  static async create(path: string, clock: VirtualClock): Promise<RunEnvironment> {
    const watchers = new Map<string, CascadeWatcher>()
    const workbench = await openWorkbench({ path, mode: 'create', ...given(clock, watchers) })
    return new RunEnvironment(path, clock, workbench, watchers)
  }

  private constructor(path: string, clock: VirtualClock, workbench: Workbench, watchers: Map<string, CascadeWatcher>) {
    this.#path = path
    this.clock = clock
    this.#workbench = workbench
    this.#opened = Promise.resolve(workbench)
    this.#watchers = watchers
  }

  get workbench(): Workbench {
    return this.#workbench
  }

  /** Cuts everything off without warning and opens the file again; a job under way then goes on by itself. */
  async crash(): Promise<void> {
    const lost = this.#workbench
    this.#opened = Promise.resolve().then(() => openWorkbench({ path: this.#path, mode: 'open', ...given(this.clock, this.#watchers) }))
    lost.cutOff()
    this.#workbench = await this.#opened
  }

  /** Settles when the job is over, after however many crashes. */
  async jobEnded(jobId: string): Promise<JobDetails> {
    for (;;) {
      const workbench = await this.#opened
      try {
        return await workbench.jobEnded(jobId)
      } catch (error) {
        if (workbench === (await this.#opened)) throw error
      }
    }
  }

  close(): Promise<void> {
    return this.#workbench.close()
  }
}

const given = (clock: VirtualClock, watchers: Map<string, CascadeWatcher>) =>
  ({ now: clock.now, newId: clock.newId, wait: clock.wait, worker: 'inline', watchers }) as const
