import type { PluginRuntime } from '#engine/plugin-runtime'
import { seededRandom } from './seeded-random.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** `native` runs modules in this very thread, for breakpoints: nothing is contained, and time and chance are real there. */
export type PluginPlace = 'contained' | 'native'

/** What runs the plug-ins of one scenario, whatever crashes meanwhile. */
export interface RunPlugins {
  runtime: PluginRuntime
  ready(): Promise<void>
  close(): void
}

/** Either runtime is loaded only here, since scenarios without plug-ins need none and should start fast. */
export async function openPlugins(place: PluginPlace, clock: VirtualClock): Promise<RunPlugins> {
  if (place === 'native') {
    const { createNativeRuntime } = await import('../plugins/native/index.ts')
    return { runtime: createNativeRuntime(), ready: () => Promise.resolve(), close: () => undefined }
  }
  const { createSandbox } = await import('../plugins/sandbox/index.ts')
  const spend = (ms: number) => clock.advance(ms)
  return createSandbox({ time: { kind: 'virtual', now: clock.now, spend }, random: seededRandom() })
}
