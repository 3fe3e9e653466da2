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
 * The file or folder named on a command line, if any. Switches may stand anywhere; what comes first without a dash is the
 * program, and from the sources then the app's own folder.
 */
export function openedFile(argv: string[], workingFolder: string, isPackaged: boolean): string | undefined {
  return argv
    .filter((argument) => !argument.startsWith('-'))
    .slice(isPackaged ? 1 : 2)
    .map((argument) => resolve(workingFolder, argument))
    .find((path) => existsSync(path))
}

export interface OpenedFiles {
  /** The one that came before anyone listened. */
  takeFirst(): string | undefined
  listen(listener: (path: string) => void): void
}

/** Files reach an app as arguments, from a second start, and on macOS by an event that may precede everything else. */
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
