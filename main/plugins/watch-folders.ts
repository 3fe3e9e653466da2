import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Whether the operating system watches folders recursively. On Windows, a watcher on each folder would keep it from being removed. */
const LOOKS_BELOW = process.platform === 'win32' || process.platform === 'darwin'

/**
 * Calls back with the relative path of every change in a folder and in wanted folders below it. On Linux each folder has its own watcher,
 * because Node's recursive one stops following a file that is replaced, as many editors do when they save. Returns a function that stops it.
 * @throws if the folder itself cannot be watched
 */
export function watchFolders(root: string, isWanted: (path: string) => boolean, onChange: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const leave = (isLeft: (folder: string) => boolean) => {
    for (const [folder, watcher] of watchers) {
      if (!isLeft(folder)) continue
      watcher.close()
      watchers.delete(folder)
    }
  }
  const follow = (folder: string) => {
    const watcher = watch(folder, { persistent: false, recursive: LOOKS_BELOW }, (event, name) => {
      onChange(relative(root, join(folder, name ?? '')))
      if (event === 'rename' && !LOOKS_BELOW) followBelow(folder)
    })
    watcher.on('error', () => leave((path) => path === folder))
    watchers.set(folder, watcher)
    if (!LOOKS_BELOW) followBelow(folder)
  }
  /** Watches the folders below again, since another folder may have the same name now. Listeners are called afterwards and read the current state. */
  const followBelow = (folder: string) => {
    leave((path) => path.startsWith(folder + sep))
    for (const path of foldersIn(folder)) if (isWanted(relative(root, path))) tryToFollow(path)
  }
  const tryToFollow = (folder: string) => {
    try {
      follow(folder)
    } catch {
      // It has been removed again, which the watcher of the folder above reports.
    }
  }
  follow(root)
  return () => leave(() => true)
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
  } catch {
    return [] // The folder no longer exists.
  }
}
