import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import { ContainedPlugin } from './contained-plugin.ts'
import { Containment } from './containment.ts'
import { engineModules } from './engine-module.ts'
import { type SandboxTime, Timekeeper } from './time.ts'

const LARGE_BYTES = 128 * 1024 * 1024

export interface SandboxOptions {
  /**
   * Real time, or virtual: then each interrupt of the interpreter spends some, so that an endless loop ends at the same place every
   * time, and soon.
   */
  time: SandboxTime
  /** 0 ≤ x < 1; `Math.random` inside. @default the interpreter's own */
  random?: () => number
  /** Real paths that no permission opens: the environment file, its log, the key of the user's agreements. */
  forbidden?: () => string[]
}

export interface Sandbox {
  runtime: PluginRuntime
  /** Settles when modules can be loaded, and cheap when they can. Also replaces a containment that broke. */
  ready(): Promise<void>
  close(): void
}

/** The runtime in which plug-ins reach nothing but what they are given: an interpreter in WebAssembly, with a world for each. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const time = new Timekeeper(options.time)
  const openModule = engineModules()
  let current: Containment | undefined
  let isClosed = false

  /** A broken or worn out one is set back as soon as nothing of it is under way; plug-ins then load their modules again. */
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
      // What an instance has taken of the computer's memory it never gives back.
      if (current === undefined || (current.bytes > LARGE_BYTES && current.depth === 0)) current = new Containment(await openModule())
    },
    close() {
      isClosed = true
      current = undefined
    },
  }
}
