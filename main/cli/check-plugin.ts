import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { PluginCheck } from '#engine/contract/plugins'
import { makeTemporaryFolder } from '#engine/store/temporary-folder'
import { openWorkbench } from '../workbench/index.ts'
import { addUsers, declareTables, namesIn } from './plugin-names.ts'
import { withWorkbench } from './with-workbench.ts'

export interface CheckedPlugin {
  check: PluginCheck
  /** What was assumed to exist: `table project`, `account.colour`, `user Automation`. */
  unchecked: string[]
}

/** Checks a plug-in for an environment. @throws PLUGIN_INVALID also for tables, columns and users that the environment does not have */
export const checkAgainst = (environment: string, pluginPackage: PluginPackage): Promise<CheckedPlugin> =>
  withWorkbench(environment, async (workbench) => ({ check: await workbench.checkPlugin(pluginPackage), unchecked: [] }))

/**
 * Checks a plug-in without an environment: the standard tables exist, and any other tables, columns and users that it names
 * are assumed to exist.
 * @throws PLUGIN_INVALID
 */
export async function checkAlone(pluginPackage: PluginPackage): Promise<CheckedPlugin> {
  const folder = makeTemporaryFolder()
  const { createSandbox } = await import('../plugins/sandbox/index.ts')
  const { SAMPLE_MODEL } = await import('../sample/sample-model.ts')
  const sandbox = createSandbox({ time: { kind: 'real' } })
  try {
    await sandbox.ready()
    const workbench = await openWorkbench({
      path: join(folder.path, 'check.cascade'),
      mode: 'create',
      now: Date.now,
      newId: () => v7(),
      wait,
      worker: 'inline',
      plugins: sandbox,
    })
    try {
      await workbench.applyModel(SAMPLE_MODEL)
      const named = namesIn(pluginPackage, sandbox.runtime)
      const unchecked = [...(await declareTables(workbench, named)), ...addUsers(workbench, named)]
      return { check: await workbench.checkPlugin(pluginPackage), unchecked }
    } finally {
      await workbench.close()
    }
  } finally {
    sandbox.close()
    folder.remove()
  }
}
