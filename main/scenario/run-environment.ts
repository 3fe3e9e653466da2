import type { JobDetails } from '#engine/contract/jobs'
import { SYSTEM_USER_ID } from '#engine/contract/security'
import { openWorkbench } from '../workbench/index.ts'
import type { CascadeWatcher } from '../workbench/observer.ts'
import type { InlineWorkbench, WorkbenchUser } from '../workbench/workbench.ts'
import type { RunPlugins } from './run-plugins.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What survives a crash of the environment. */
interface Outside {
  path: string
  clock: VirtualClock
  plugins: RunPlugins | null
  /** Watchers by job id. They survive a crash and continue to watch. */
  watchers: Map<string, CascadeWatcher>
}

/** The environment of one run. After a crash, another workbench opens the same file. */
export class RunEnvironment {
  readonly #outside: Outside
  #opened: Promise<InlineWorkbench>
  #workbench: InlineWorkbench

  static async create(path: string, clock: VirtualClock, plugins: RunPlugins | null): Promise<RunEnvironment> {
    const outside = { path, clock, plugins, watchers: new Map<string, CascadeWatcher>() }
    return new RunEnvironment(outside, await open('create', outside))
  }

  private constructor(outside: Outside, workbench: InlineWorkbench) {
    this.#outside = outside
    this.#workbench = workbench
    this.#opened = Promise.resolve(workbench)
  }

  get clock(): VirtualClock {
    return this.#outside.clock
  }

  /** `null` where the scenario has none. */
  get plugins(): RunPlugins | null {
    return this.#outside.plugins
  }

  get workbench(): InlineWorkbench {
    return this.#workbench
  }

  /** Returns who reads what is expected: the system, which may read everything whatever the scenario takes from its users. */
  observer(): WorkbenchUser {
    return this.#workbench.as(SYSTEM_USER_ID)
  }

  /** Closes the workbench as a crash would and opens the file again; an unfinished job then continues by itself. */
  async crash(): Promise<void> {
    const lost = this.#workbench
    this.#opened = Promise.resolve().then(() => open('open', this.#outside))
    lost.cutOff()
    this.#workbench = await this.#opened
  }

  /** Settles when the job has ended, even after several crashes. */
  async jobEnded(jobId: string): Promise<JobDetails> {
    await this.#throughCrashes((workbench) => workbench.jobEnded(jobId))
    return this.observer().getJob(jobId)
  }

  /** Returns the number of the newest run of a plug-in step. */
  lastRun(): number {
    return this.#outside.plugins === null ? 0 : this.#workbench.lastRun()
  }

  /** Settles when no asynchronous step is waiting or running, even after several crashes. */
  async stepJobsEnded(): Promise<void> {
    if (this.#outside.plugins !== null) await this.#throughCrashes((workbench) => workbench.stepJobsEnded())
  }

  async #throughCrashes(wait: (workbench: InlineWorkbench) => Promise<unknown>): Promise<void> {
    for (;;) {
      const workbench = await this.#opened
      try {
        await wait(workbench)
        return
      } catch (error) {
        if (workbench === (await this.#opened)) throw error
      }
    }
  }

  async close(): Promise<void> {
    await this.#workbench.close()
    this.#outside.plugins?.close()
  }
}

const open = (mode: 'create' | 'open', { path, clock, plugins, watchers }: Outside): Promise<InlineWorkbench> =>
  openWorkbench({
    path,
    mode,
    now: clock.now,
    newId: clock.newId,
    wait: clock.wait,
    worker: 'inline',
    watchers,
    ...(plugins === null ? {} : { plugins }),
  })
