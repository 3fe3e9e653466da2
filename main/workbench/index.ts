import { existsSync } from 'node:fs'
import { type Engine, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { lockEnvironment } from '#engine/store/instance-lock'
import { workbenchText } from '#text/english/workbench'
import { cascadeArea } from './areas/cascades.ts'
import { faultArea } from './areas/faults.ts'
import { jobArea, userJobArea } from './areas/jobs.ts'
import { longWorkArea } from './areas/long-work.ts'
import { recordArea } from './areas/records.ts'
import { Core, type Facade } from './core.ts'
import { offeredMethods, offeredUserMethods } from './offered-methods.ts'
import type { InlineWorkbench, Workbench, WorkbenchOptions, WorkbenchUser } from './workbench.ts'

export type { WorkbenchEvent } from './events.ts'
export type { InlineWorkbench, Workbench, WorkbenchOptions, WorkbenchUser } from './workbench.ts'

/**
 * Opens an environment with its threads and its job loop. A job that was interrupted when it was closed continues by itself.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file.
 */
export function openWorkbench(options: WorkbenchOptions & { worker: 'inline' }): Promise<InlineWorkbench>
export function openWorkbench(options: WorkbenchOptions): Promise<Workbench>
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { path, mode, now, newId, worker, plugins, agreementKey } = options
  const unlock = mode === 'open' ? lockExisting(path) : lockEnvironment(path)
  const forPlugins = { ...(plugins ? { plugins: plugins.runtime } : {}), ...(agreementKey === undefined ? {} : { agreementKey }) }
  const engine = openLocked(() => openEngine({ path, mode, now, newId, leavesLog: worker !== 'inline', ...forPlugins }), unlock)
  const core = new Core(engine, options)
  const { jobs, threads } = core
  try {
    await core.readyForPlugins()
    if (engine.recoverJobs().length > 0 || engine.nextJob()) jobs.wake()
  } catch (error) {
    // Open threads would keep the process alive.
    await threads.close()
    engine.close()
    unlock()
    throw error
  }

  const workbench: Workbench = {
    path,
    ...core.offer(offeredMethods),
    ...jobArea(core),
    ...faultArea(core),
    ...longWorkArea(core),
    as: (userId) => userOf(core, userId),
    subscribe: (listener) => core.subscribe(listener),

    async close() {
      const stopped = jobs.stop()
      await threads.close(stopped)
      await stopped
      engine.checkpoint()
      engine.close()
      unlock()
    },
  }
  return worker === 'inline' ? inline() : workbench

  function inline(): InlineWorkbench {
    return {
      ...workbench,
      atOnce: (userId) => engine.as(userId),
      cutOff() {
        core.cutOff(cutOff())
        engine.close()
        unlock()
      },
    }
  }
}

function userOf(core: Core, userId: string): WorkbenchUser {
  const { executeWithOptions, ...cascades } = cascadeArea(core, userId)
  return {
    // Lists of jobs are typed by the kind that a query asks for, which an offered method forgets.
    ...(core.offerTo(userId, offeredUserMethods) as Facade<typeof offeredUserMethods> & Pick<WorkbenchUser, 'findJobs'>),
    ...recordArea(core, userId, executeWithOptions),
    ...cascades,
    ...userJobArea(core, userId),
  }
}

const cutOff = () => new EngineError('WORKER_LOST', workbenchText.cutOff, { hint: workbenchText.cutOffHint })

/** Locks an existing file. A missing one gets no lock; opening it reports the error. */
const lockExisting = (path: string): (() => void) => (existsSync(path) ? lockEnvironment(path) : () => undefined)

function openLocked(open: () => Engine, unlock: () => void): Engine {
  try {
    return open()
  } catch (error) {
    unlock()
    throw error
  }
}
