import { existsSync } from 'node:fs'
import { type Engine, engineMethods, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { lockEnvironment } from '#engine/store/instance-lock'
import { workbenchText } from '#text/english/workbench'
import { transferMethods } from '../batch/batch-methods.ts'
import { cascadeArea } from './areas/cascades.ts'
import { faultArea } from './areas/faults.ts'
import { jobArea } from './areas/jobs.ts'
import { recordArea } from './areas/records.ts'
import { Core } from './core.ts'
import type { InlineWorkbench, Workbench, WorkbenchOptions } from './workbench.ts'

export type { WorkbenchEvent } from './events.ts'
export type { InlineWorkbench, Workbench, WorkbenchOptions } from './workbench.ts'

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

  const { createRecord, updateRecord, holdRecord, load, checkpoint, ...offered } = engineMethods
  const { executeWithOptions, ...cascades } = cascadeArea(core)
  const workbench: Workbench = {
    path,
    ...core.offer({ ...offered, ...transferMethods }),
    ...recordArea(core, executeWithOptions),
    ...cascades,
    ...jobArea(core),
    ...faultArea(core),
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
    const { findRecords, findStepRuns } = engine
    return {
      ...workbench,
      load: engine.load,
      atOnce: { findRecords, findStepRuns },
      cutOff() {
        core.cutOff(cutOff())
        engine.close()
        unlock()
      },
    }
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
