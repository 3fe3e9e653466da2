import { resolve } from 'node:path'
import type { PluginPackage, PluginRuntime } from '#engine/plugin-runtime'
import { createNativeRuntime } from '../plugins/native/index.ts'
import { inlinePackage, readPluginPackage } from '../plugins/package/index.ts'
import { openPlugins, type RunPlugins } from '../scenario/run-plugins.ts'
import type { VirtualClock } from '../scenario/virtual-clock.ts'
import type { PluginUnderTest } from './environment.ts'

/** Plug-ins that the test holds in its hands run in this thread; those that it names by a path run contained. */
export class TestPlugins implements RunPlugins {
  readonly #clock: VirtualClock
  /** What modules export by default, by the text of the module that stands for them in the environment. */
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
    if (this.#live.has(textOf(pluginPackage)) || this.#contained === undefined) return this.#native
    return this.#contained.runtime
  }

  ready(): Promise<void> {
    return this.#contained?.ready() ?? Promise.resolve()
  }

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
    const text = `// Module ${this.#live.size + 1} of the test, which runs it itself.\nexport default {}\n`
    this.#live.set(text, plugin)
    return { ...inlinePackage(text), configuration }
  }

  close(): void {
    this.#contained?.close()
  }
}

const textOf = ({ entry, files }: PluginPackage): string => files.find(({ path }) => path === entry)?.content ?? ''
