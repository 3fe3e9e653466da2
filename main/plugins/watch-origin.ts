import { statSync } from 'node:fs'
import { basename, dirname, sep } from 'node:path'
import { watchFolders } from './watch-folders.ts'

/** Editors write a file in several goes, and several files one after another. */
const QUIET_MS = 200

/**
 * Calls back after the folder or file that a plug-in came from has changed and then been quiet for a moment. Returns its own undo function.
 * What cannot be watched, or goes away, is left alone.
 */
export function watchOrigin(origin: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let unfollow = () => {}
  const isFolder = statSync(origin, { throwIfNoEntry: false })?.isDirectory() ?? false
  const stop = () => {
    clearTimeout(timer)
    unfollow()
  }
  try {
    // A file is watched through its folder: editors put a new one in its place.
    unfollow = watchFolders(
      isFolder ? origin : dirname(origin),
      (folder) => isFolder && concerns(origin, isFolder, folder),
      (name) => {
        if (!concerns(origin, isFolder, name)) return
        clearTimeout(timer)
        timer = setTimeout(onChange, QUIET_MS)
      },
    )
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
