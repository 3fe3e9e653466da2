import { packageInvalid } from './package-invalid.ts'

/** The files that a plug-in may be made of, wherever they lie. Paths have `/` between folders. */
export interface PackageTree {
  /** For people. */
  location: string
  /** Where the whole plug-in is this one module. */
  module?: string
  /** Names at the top. */
  names(): Promise<string[]>
  /** `undefined` where there is no such file. @throws PLUGIN_INVALID where it cannot be read, or lies outside of the tree */
  read(path: string): Promise<Buffer | undefined>
}

/** What an honest plug-in stays far below. */
export const LIMITS = { files: 500, textBytes: 5 * 1024 * 1024 } as const

export const tooManyFiles = (file: string) =>
  packageInvalid({
    file,
    says: `holds more than ${LIMITS.files} files`,
    hint: 'A plug-in is a few modules. Leave out what it does not import.',
  })

export const tooMuchText = (file: string) =>
  packageInvalid({
    file,
    says: `holds more than ${LIMITS.textBytes / 1024 / 1024} MB of text`,
    hint: 'A plug-in is a few modules. Leave out what it does not import.',
  })
