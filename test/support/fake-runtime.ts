import { EngineError } from '#engine/contract/errors'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'

/**
 * Runs no modules: the entry holds what a module would export, as JSON, where `true` stands for a handler. For tests of what happens
 * around a plug-in.
 */
export class FakeRuntime implements PluginRuntime {
  /** Modules that were loaded, with the permissions that they got, and how many are still there. */
  readonly loaded: { entry: string; permissions: readonly Permission[] }[] = []
  open = 0

  load: PluginRuntime['load'] = (pluginPackage, permissions) => {
    const { entry, files } = pluginPackage
    this.loaded.push({ entry, permissions })
    const text = files.find(({ path }) => path === entry)?.content ?? ''
    const definition = this.#parse(text, entry)
    this.open++
    return {
      definition,
      run: () => ({ kind: 'done', output: '{}' }),
      runAsync: async () => ({ kind: 'done', output: '{}' }),
      dispose: () => {
        this.open--
      },
    }
  }

  #parse(text: string, entry: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      throw new EngineError('PLUGIN_INVALID', `${entry}, line 1: This is no module.`, { details: { file: entry, line: 1, column: 1 } })
    }
  }
}

/** The text of an entry for FakeRuntime, with one step on Update. */
export const entryText = (given: Record<string, unknown> = {}): string =>
  JSON.stringify({
    name: 'watch',
    version: '1.0.0',
    apiVersion: 1,
    steps: [{ message: 'Update', stage: 'PreOperation', handler: true }],
    ...given,
  })
