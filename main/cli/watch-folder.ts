import { watch } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Editors write a file in several steps, and people save several files at once. */
const SETTLED_MS = 100

/** Once at the start, and again after every change of a file below the folder, until it is aborted. */
export async function* watchFolder(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  let changed = Promise.withResolvers<void>()
  const watcher = watch(folder, { recursive: true, signal }, (_event, file) => {
    if (file === null || !/(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(file)) changed.resolve()
  })
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  try {
    while (!signal.aborted) {
      yield
      await Promise.race([changed.promise, aborted])
      await wait(SETTLED_MS, undefined, { signal }).catch(() => undefined)
      changed = Promise.withResolvers<void>()
    }
  } finally {
    watcher.close()
  }
}
