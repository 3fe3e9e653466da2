import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import { ContainedPlugin } from './contained-plugin.ts'
import { Containment } from './containment.ts'
import { engineModules } from './engine-module.ts'
import { type SandboxTime, Timekeeper } from './time.ts'

const LARGE_BYTES = 128 * 1024 * 1024

export interface SandboxOptions {
  /**
   * Real or virtual time. Each interrupt of the interpreter spends some virtual time, so that an endless loop ends soon and at the same
   * place in each run.
   */
  time: SandboxTime
  /** Returns 0 ≤ x < 1, for `Math.random` inside. @default the interpreter's own */
  random?: () => number
  /** Returns the real paths that no permission covers: the environment file, its log, the key of the user's agreements. */
  forbidden?: () => string[]
}

export interface Sandbox {
  runtime: PluginRuntime
  /** Settles when modules can be loaded; cheap if they can already. Also replaces a broken containment. */
  ready(): Promise<void>
  close(): void
}

/** Creates the contained runtime: an interpreter in WebAssembly, with a world for each plug-in that reaches only what it is given. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const time = new Timekeeper(options.time)
  const openModule = engineModules()
  let current: Containment | undefined
  let isClosed = false

  /** Returns the containment. Resets a broken or worn out one once no call into it is running; plug-ins then load their modules again. */
  function containment(): Containment | undefined {
    if (isClosed) throw new Error('The sandbox is closed')
    if (current !== undefined && current.depth === 0 && (current.brokenBy !== undefined || current.isWornOut)) current = current.renewed()
    return current?.brokenBy === undefined ? current : undefined
  }

  return {
    runtime: {
      load(pluginPackage, permissions, limits) {
        if (containment() === undefined) throw new Error('The sandbox is not ready: wait for ready() before loading plug-ins')
        return new ContainedPlugin(pluginPackage, permissions, limits, {
          containment,
          time,
          random: options.random,
          forbidden: options.forbidden ?? (() => []),
        })
      },
    },
    async ready() {
      if (isClosed) throw new Error('The sandbox is closed')
      // The memory of an instance never shrinks.
      if (current === undefined || (current.bytes > LARGE_BYTES && current.depth === 0)) current = new Containment(await openModule())
    },
    close() {
      isClosed = true
      current = undefined
    },
  }
}
