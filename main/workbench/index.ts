import { existsSync } from 'node:fs'
import { type Engine, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { type InstanceLock, lockEnvironment } from '#engine/store/instance-lock'
import { workbenchText } from '#text/english/workbench'
import { makeCheckpoints, threadCheckpoints } from '../batch/checkpoints.ts'
import { cascadeArea } from './areas/cascades.ts'
import { commerceArea } from './areas/commerce.ts'
import { faultArea } from './areas/faults.ts'
import { jobArea, userJobArea } from './areas/jobs.ts'
import { longWorkArea } from './areas/long-work.ts'
import { recordArea } from './areas/records.ts'
import { Core, type Facade } from './core.ts'
import { offeredMethods, offeredUserMethods } from './offered-methods.ts'
import { watchFile } from './watch-file.ts'
import type { InlineWorkbench, Workbench, WorkbenchOptions, WorkbenchUser } from './workbench.ts'

export type { WorkbenchEvent } from './events.ts'
export type { InlineWorkbench, Workbench, WorkbenchOptions, WorkbenchUser } from './workbench.ts'

/** The number of the main thread; those of workers begin after it. */
const MAIN = 1

/**
 * Opens an environment with its threads and its job loop. A job that was interrupted when it was closed continues by itself.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file, STORE_FULL
 */
export function openWorkbench(options: WorkbenchOptions & { worker: 'inline' }): Promise<InlineWorkbench>
export function openWorkbench(options: WorkbenchOptions): Promise<Workbench>
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { path, draft, mode, now, newId, worker, plugins, agreementKey } = options
  const lock = mode === 'open' ? lockExisting(path) : lockEnvironment(path)
  const checkpoints = makeCheckpoints()
  const forPlugins = { ...(plugins ? { plugins: plugins.runtime } : {}), ...(agreementKey === undefined ? {} : { agreementKey }) }
  const forFile = { path, mode, checkpoints: threadCheckpoints(checkpoints, MAIN), ...(draft === undefined ? {} : { draft }) }
  const engine = openLocked(lock, () => {
    const opened = openEngine({ ...forFile, now, newId, leavesLog: worker !== 'inline', ...forPlugins })
    if (mode === 'create' && draft === undefined) lock.holdFile()
    return opened
  })
  const core = new Core(engine, options, checkpoints)
  const { jobs, threads } = core
  const stopWatching = worker === 'inline' ? () => undefined : watchFile(draft ?? path, () => core.examineFile())
  const closeFile = () => {
    stopWatching()
    try {
      engine.close()
    } finally {
      lock.release()
    }
  }
  try {
    await core.readyForPlugins()
    if (engine.recoverJobs().length > 0 || engine.nextJob()) jobs.wake()
  } catch (error) {
    // Open threads would keep the process alive.
    await threads.close()
    closeFile()
    throw error
  }

  const workbench: Workbench = {
    path,
    ...core.offer(offeredMethods),
    ...jobArea(core),
    ...faultArea(core),
    ...longWorkArea(core),
    ...commerceArea(core),
    as: (userId) => userOf(core, userId),
    subscribe: (listener) => core.subscribe(listener),

    async close() {
      const stopped = jobs.stop()
      await threads.close(stopped)
      await stopped
      closeFile()
    },
  }
  return worker === 'inline' ? inline() : workbench

  function inline(): InlineWorkbench {
    return {
      ...workbench,
      atOnce: (userId) => engine.as(userId),
      cutOff() {
        core.cutOff(cutOff())
        closeFile()
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
const lockExisting = (path: string): InstanceLock =>
  existsSync(path) ? lockEnvironment(path) : { holdFile: () => undefined, release: () => undefined }

function openLocked(lock: InstanceLock, open: () => Engine): Engine {
  try {
    return open()
  } catch (error) {
    lock.release()
    throw error
  }
}
