import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** What we need of Electron's app. */
interface FileSource {
  readonly isPackaged: boolean
  on(event: 'open-file', listener: (event: { preventDefault(): void }, path: string) => void): unknown
  on(event: 'second-instance', listener: (event: unknown, argv: string[], workingFolder: string) => void): unknown
}

export const isEnvironmentFile = (path: string): boolean => path.toLowerCase().endsWith('.cascade')

/**
 * Returns the file or folder named on a command line, if any. Ignores switches at any position; the first argument without a dash is
 * the program, and when the app is not packaged the second is the app's own folder.
 */
export function openedFile(argv: string[], workingFolder: string, isPackaged: boolean): string | undefined {
  return argv
    .filter((argument) => !argument.startsWith('-'))
    .slice(isPackaged ? 1 : 2)
    .map((argument) => resolve(workingFolder, argument))
    .find((path) => existsSync(path))
}

export interface OpenedFiles {
  /** Returns the file that was opened before `listen` was called. */
  takeFirst(): string | undefined
  listen(listener: (path: string) => void): void
}

/** Collects files from the arguments, from a second start, and on macOS from an event that may come before the app is ready. */
export function followOpenedFiles(app: FileSource, argv: string[], workingFolder: string): OpenedFiles {
  let first = openedFile(argv, workingFolder, app.isPackaged)
  let accept = (path: string) => {
    first = path
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    accept(path)
  })
  app.on('second-instance', (_, otherArgv, otherFolder) => {
    const path = openedFile(otherArgv, otherFolder, app.isPackaged)
    if (path !== undefined) accept(path)
  })
  return {
    takeFirst: () => first,
    listen(listener) {
      accept = listener
    },
  }
}
