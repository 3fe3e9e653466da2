import { pipelineText } from '#text/english/pipeline'
import { EngineError, messageOf } from '../contract/errors.ts'
import type { LoadedPlugin, PluginRuntime } from '../contract/plugin-runtime.ts'
import type { Settings } from '../contract/settings.ts'
import type { Connection } from '../store/connection.ts'
import type { StoredPlugin } from '../store/plugins.ts'
import { readPluginPackage } from '../store/plugins.ts'

/** Time limit for evaluating a module, in milliseconds. */
const LOAD_MS = 10_000

/** Loads the modules of enabled plug-ins, each once on this connection, when its first step runs. */
export class PluginModules {
  readonly #connection: Connection
  readonly #runtime: PluginRuntime | undefined
  readonly #loaded = new Map<number, { contentHash: string; module: LoadedPlugin }>()

  constructor(connection: Connection, runtime: PluginRuntime | undefined) {
    this.#connection = connection
    this.#runtime = runtime
  }

  /** Returns the loaded module of a plug-in. @throws PLUGIN_FAILED if it cannot be evaluated */
  module(plugin: StoredPlugin, settings: Settings): LoadedPlugin {
    const known = this.#loaded.get(plugin.number)
    if (known?.contentHash === plugin.contentHash) return known.module
    known?.module.dispose()
    this.#loaded.delete(plugin.number)
    const module = this.#load(plugin, settings)
    this.#loaded.set(plugin.number, { contentHash: plugin.contentHash, module })
    return module
  }

  /** Unloads the modules of plug-ins that are not in the list. */
  keepOnly(plugins: readonly StoredPlugin[]): void {
    const enabled = new Set(plugins.filter(({ isEnabled }) => isEnabled).map(({ number }) => number))
    for (const [number, { module }] of this.#loaded) {
      if (enabled.has(number)) continue
      module.dispose()
      this.#loaded.delete(number)
    }
  }

  close(): void {
    this.keepOnly([])
  }

  #load(plugin: StoredPlugin, settings: Settings): LoadedPlugin {
    if (!this.#runtime)
      throw new EngineError('NOT_SUPPORTED', pipelineText.noRuntimeFor({ plugin: plugin.name }), {
        hint: pipelineText.noRuntimeForHint({ plugin: plugin.name }),
        details: { plugin: plugin.name },
      })
    const limits = { timeMs: LOAD_MS, memoryMegabytes: settings.pluginMemoryMegabytes }
    try {
      return this.#runtime.load(readPluginPackage(this.#connection, plugin.number), plugin.permissions, limits)
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'PLUGIN_INVALID') throw error
      throw new EngineError('PLUGIN_FAILED', pipelineText.cannotBeLoaded({ plugin: plugin.name, reason: messageOf(error) }), {
        platform: 'IsvUnExpected',
        hint: pipelineText.cannotBeLoadedHint,
        details: { ...error.details, plugin: plugin.name },
        cause: error,
      })
    }
  }
}
