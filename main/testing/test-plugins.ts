import { resolve } from 'node:path'
import type { PluginPackage, PluginRuntime } from '#engine/contract/plugin-runtime'
import { createNativeRuntime } from '../plugins/native/index.ts'
import { inlinePackage, readPluginPackage } from '../plugins/package/index.ts'
import { openPlugins, type RunPlugins } from '../scenario/run-plugins.ts'
import type { VirtualClock } from '../scenario/virtual-clock.ts'
import type { PluginUnderTest } from './environment.ts'

/** Plug-ins that the test holds in its hands run in this thread; those that it names by a path run contained. */
export class TestPlugins implements RunPlugins {
  readonly #clock: VirtualClock
  /** What modules export by default, by the origin of the package that stands for them in the environment. */
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

  /** Brings the containment, which takes a moment that tests with live plug-ins alone need not spend. */
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
