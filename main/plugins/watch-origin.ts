import { statSync } from 'node:fs'
import { basename, dirname, sep } from 'node:path'
import { watchFolders } from './watch-folders.ts'

/** Milliseconds without a change before the callback: editors write a file in several steps, and several files in sequence. */
const QUIET_MS = 200

/**
 * Calls back once the folder or file that a plug-in came from has changed and then stayed unchanged for a moment. Returns a function that
 * stops it. Ignores a folder or file that cannot be watched or is removed.
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
    // A file is watched through its folder, because editors replace it.
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

/** Returns whether a file with this relative path may belong to the plug-in. */
export function concerns(origin: string, isFolder: boolean, name: string): boolean {
  if (!isFolder) return name === basename(origin)
  return !name.split(sep).some((part) => part === 'node_modules' || part === '.git')
}
