import { packageText } from '#text/english/packages'
import { packageInvalid } from './package-invalid.ts'

/** The files that may belong to a plug-in, in a folder or an archive. Paths have `/` between folders. */
export interface PackageTree {
  /** The path, for messages. */
  location: string
  /** Set if the whole plug-in is this single module. */
  module?: string
  /** Returns the names in the top folder. */
  names(): Promise<string[]>
  /** Reads a file; `undefined` if there is none. @throws PLUGIN_INVALID if it cannot be read, or is outside the tree */
  read(path: string): Promise<Buffer | undefined>
}

/** Limits far above any real plug-in. */
export const LIMITS = { files: 500, textBytes: 5 * 1024 * 1024, imports: 5_000 } as const

export const tooManyFiles = (file: string) =>
  packageInvalid({
    file,
    problem: packageText.tooManyFiles({ files: LIMITS.files }),
    hint: packageText.fewModulesHint,
  })

export const tooManyImports = (file: string) =>
  packageInvalid({
    file,
    problem: packageText.tooManyImports({ imports: LIMITS.imports }),
    hint: packageText.fewModulesHint,
  })

export const tooMuchText = (file: string) =>
  packageInvalid({
    file,
    problem: packageText.tooMuchText({ megabytes: LIMITS.textBytes / 1024 / 1024 }),
    hint: packageText.fewModulesHint,
  })
