import type { PluginPackage, PluginRuntime } from '#engine/contract/plugin-runtime'
import { seededRandom } from './seeded-random.ts'
import type { VirtualClock } from './virtual-clock.ts'

/**
 * `native` runs modules that have a file in the current thread, for breakpoints: nothing is contained, and time and random numbers are
 * real. Modules without a file, such as inline modules and archives, stay contained.
 */
export type PluginPlace = 'contained' | 'native'

/** Runs the plug-ins of one scenario and survives crashes of its environment. */
export interface RunPlugins {
  runtime: PluginRuntime
  ready(): Promise<void>
  close(): void
}

/** Opens a runtime. Imports it on the first call, because scenarios without plug-ins need none and should start fast. */
export async function openPlugins(place: PluginPlace, clock: VirtualClock): Promise<RunPlugins> {
  const { createSandbox } = await import('../plugins/sandbox/index.ts')
  const spend = (ms: number) => clock.advance(ms)
  const contained = createSandbox({ time: { kind: 'virtual', now: clock.now, spend }, random: seededRandom() })
  if (place === 'contained') return contained
  const { createNativeRuntime } = await import('../plugins/native/index.ts')
  const native = createNativeRuntime()
  const runtimeOf = (pluginPackage: PluginPackage) => (hasFile(pluginPackage) ? native : contained.runtime)
  return {
    runtime: { load: (pluginPackage, permissions, limits) => runtimeOf(pluginPackage).load(pluginPackage, permissions, limits) },
    ready: () => contained.ready(),
    close: () => contained.close(),
  }
}

const hasFile = ({ origin }: PluginPackage): boolean => origin !== null && !/\.(tgz|tar\.gz)$/i.test(origin)
