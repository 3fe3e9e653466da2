import { watch } from 'node:fs'

/** Time in milliseconds after a change of the file until it is looked at: a checkpoint writes many pages in a row. */
const PACE_MS = 200

/**
 * Calls `look` some time after the file was changed, moved or removed. Where the system cannot watch a file, nothing is called: each
 * write looks at the file as well.
 * @returns a function that stops it
 */
export function watchFile(path: string, look: () => void): () => void {
  let due: NodeJS.Timeout | undefined
  const lookSoon = () => {
    due ??= setTimeout(() => {
      due = undefined
      look()
    }, PACE_MS).unref()
  }
  try {
    const watcher = watch(path, { persistent: false }, lookSoon)
    watcher.on('error', () => watcher.close())
    return () => {
      clearTimeout(due)
      watcher.close()
    }
  } catch {
    return () => undefined
  }
}
