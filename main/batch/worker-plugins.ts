import { realpathSync } from 'node:fs'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import type { Sandbox } from '../plugins/sandbox/index.ts'

/** The plug-in runtime of a worker. Loads its interpreter with the first plug-in, because most environments have none. */
export interface WorkerPlugins {
  runtime: PluginRuntime
  /** Settles when modules can be loaded; cheap if they can already. */
  ready(): Promise<void>
  close(): void
}

/** Creates the runtime. `secret` lists files and folders that no permission opens. */
export function workerPlugins(secret: string[]): WorkerPlugins {
  const loaded: { sandbox?: Sandbox } = {}
  return {
    runtime: {
      load(...given) {
        if (!loaded.sandbox) throw new Error('The sandbox is not ready: wait for ready() before loading plug-ins')
        return loaded.sandbox.runtime.load(...given)
      },
    },
    async ready() {
      if (!loaded.sandbox) {
        const { createSandbox } = await import('../plugins/sandbox/index.ts')
        loaded.sandbox ??= createSandbox({ time: { kind: 'real' }, forbidden: () => secret.flatMap(withRealPath) })
      }
      await loaded.sandbox.ready()
    },
    close: () => loaded.sandbox?.close(),
  }
}

/** Returns the paths of an environment, its SQLite files and its lock, which lie beside the file itself if the path is a link. */
export const filesOf = (path: string): string[] =>
  withRealPath(path).flatMap((file) => [file, `${file}-wal`, `${file}-shm`, `${file}-journal`, `${file}.lock`])

function withRealPath(path: string): string[] {
  try {
    return [path, realpathSync(path)]
  } catch {
    return [path]
  }
}
