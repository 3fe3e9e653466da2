import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Where the operating system itself looks below a folder. Watching each one there would keep it from being removed (Windows). */
const LOOKS_BELOW = process.platform === 'win32' || process.platform === 'darwin'

/**
 * Tells of every change in a folder and in those below it that are wanted, by its place in the folder. On Linux each folder has a watcher
 * of its own: Node's recursive one loses sight of a file for good once another takes its place, as many editors save. Returns its own
 * undo function.
 * @throws where the folder itself cannot be watched
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
  /** Afresh each time: under the same name there may be another folder. Whoever is told reads after this, so that nothing is missed. */
  const followBelow = (folder: string) => {
    leave((path) => path.startsWith(folder + sep))
    for (const path of foldersIn(folder)) if (isWanted(relative(root, path))) tryToFollow(path)
  }
  const tryToFollow = (folder: string) => {
    try {
      follow(folder)
    } catch {
      // It went away again, and the folder above it tells of that.
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
    return [] // It is gone.
  }
}
