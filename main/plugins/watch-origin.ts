import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, sep } from 'node:path'

/** Editors write a file in several goes, and several files one after another. */
const QUIET_MS = 200

/**
 * Calls back after the folder or file that a plug-in came from has changed and then been quiet for a moment. Returns its own undo function.
 * What cannot be watched, or goes away, is left alone.
 */
export function watchOrigin(origin: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let watcher: FSWatcher | undefined
  const isFolder = statSync(origin, { throwIfNoEntry: false })?.isDirectory() ?? false
  const changed = (name: string | null) => {
    if (name !== null && !concerns(origin, isFolder, name)) return
    clearTimeout(timer)
    timer = setTimeout(onChange, QUIET_MS)
  }
  const stop = () => {
    clearTimeout(timer)
    watcher?.close()
  }
  try {
    // A file is watched through its folder: editors put a new one in its place.
    watcher = watch(isFolder ? origin : dirname(origin), { recursive: isFolder, persistent: false }, (_, name) => changed(name))
    watcher.on('error', stop)
  } catch {
    stop()
  }
  return stop
}

/** Whether a file of this name, from the watched folder on, may belong to the plug-in. */
export function concerns(origin: string, isFolder: boolean, name: string): boolean {
  if (!isFolder) return name === basename(origin)
  return !name.split(sep).some((part) => part === 'node_modules' || part === '.git')
}
