import { setTimeout as wait } from 'node:timers/promises'
import { watchOrigin } from '../plugins/watch-origin.ts'

/** The longest delay of a timer, in milliseconds. */
const WEEKS_MS = 2 ** 31 - 1

/** Yields at the start and after every change of a file below the folder, until aborted. */
export async function* watchFolder(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  let changed = Promise.withResolvers<void>()
  const stop = watchOrigin(folder, () => changed.resolve())
  // A watcher by itself does not keep the process alive.
  const over = wait(WEEKS_MS, undefined, { signal }).catch(() => undefined)
  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers()
      yield
      await Promise.race([changed.promise, over])
    }
  } finally {
    stop()
  }
}
