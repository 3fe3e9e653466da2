import { resolve } from 'node:path'
import type { PluginPackage, PluginRuntime } from '#engine/contract/plugin-runtime'
import { createNativeRuntime } from '../plugins/native/index.ts'
import { inlinePackage, readPluginPackage } from '../plugins/package/index.ts'
import { openPlugins, type RunPlugins } from '../scenario/run-plugins.ts'
import type { VirtualClock } from '../scenario/virtual-clock.ts'
import type { PluginUnderTest } from './environment.ts'

/** Runs plug-ins given as definitions in this thread, and those given as paths in the containment. */
export class TestPlugins implements RunPlugins {
  readonly #clock: VirtualClock
  /** Default exports by the origin of their package in the environment. */
  readonly #live = new Map<string, unknown>()
  readonly #native: PluginRuntime
  #contained: RunPlugins | undefined

  constructor(clock: VirtualClock) {
    this.#clock = clock
    this.#native = createNativeRuntime({ modules: this.#live })
  }

  readonly runtime: PluginRuntime = {
    load: (pluginPackage, permissions, limits) => this.#runtimeOf(pluginPackage).load(pluginPackage, permissions, limits),
  }

  #runtimeOf(pluginPackage: PluginPackage): PluginRuntime {
    const isLive = pluginPackage.origin !== null && this.#live.has(pluginPackage.origin)
    return isLive || this.#contained === undefined ? this.#native : this.#contained.runtime
  }

  readonly ready = (): Promise<void> => this.#contained?.ready() ?? Promise.resolve()

  /** Loads the containment, which tests without contained plug-ins can do without. */
  async contain(): Promise<void> {
    this.#contained ??= await openPlugins('contained', this.#clock)
    await this.#contained.ready()
  }

  async packageOf(plugin: PluginUnderTest, configuration: string): Promise<PluginPackage> {
    if (typeof plugin === 'string') {
      await this.contain()
      return readPluginPackage(resolve(plugin), { configuration })
    }
    const origin = `test:${this.#live.size + 1}`
    this.#live.set(origin, plugin)
    return { ...inlinePackage('// The test itself runs this module.\n', configuration), source: 'the test', origin }
  }

  readonly close = (): void => this.#contained?.close()
}
