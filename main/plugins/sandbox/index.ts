import type { PluginRuntime } from '#engine/plugin-runtime'
import { ContainedPlugin } from './contained-plugin.ts'
import { Containment } from './containment.ts'
import { type SandboxTime, Timekeeper } from './time.ts'

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
  let current: Containment | undefined
  /** Takes over at once when the current one breaks in the middle of something synchronous. */
  let spare: Containment | undefined
  let isClosed = false
  let opening: Promise<void> | undefined

  async function prepare(): Promise<void> {
    while (!isClosed && (usable(current) === undefined || spare === undefined)) {
      const opened = await Containment.open()
      if (usable(current) === undefined) current = opened
      else spare = opened
    }
  }

  const prepareInBackground = (): Promise<void> => {
    opening ??= prepare().finally(() => {
      opening = undefined
    })
    return opening
  }

  function containment(): Containment | undefined {
    if (usable(current) !== undefined || isClosed) return current
    current = spare
    spare = undefined
    // Whoever waits for ready() hears of a failure.
    prepareInBackground().catch(() => undefined)
    return current
  }

  return {
    runtime: {
      load(pluginPackage, permissions, limits) {
        if (containment() === undefined) throw new Error('The sandbox is not ready: wait for ready() before loading plug-ins')
        return new ContainedPlugin(pluginPackage, permissions, limits, { containment, time })
      },
    },
    async ready() {
      if (isClosed) throw new Error('The sandbox is closed')
      if (usable(current) === undefined || spare === undefined) await prepareInBackground()
    },
    close() {
      isClosed = true
      current = undefined
      spare = undefined
    },
  }
}

const usable = (containment: Containment | undefined): Containment | undefined =>
  containment?.brokenBy === undefined ? containment : undefined
