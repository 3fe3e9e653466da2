/** Files of a folder or an archive, seen the same way. Nothing is ever unpacked to disk. */
export interface SourceFile {
  /** Relative to its tree, with `/` between. */
  path: string
  /** For people: the whole path, with `!` between an archive and its member. */
  location: string
  /** Bytes when expanded, as stated; what is read is counted again. */
  size: number
  /** @throws IMPORT_FAILED where the file cannot be read, is damaged or larger than allowed. */
  read(): AsyncIterable<Uint8Array>
}

export interface FileTree {
  kind: 'folder' | 'zip' | 'file'
  location: string
  files: SourceFile[]
  close(): void
}

export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The file of this name, case ignored. */
export const findFile = (files: SourceFile[], path: string): SourceFile | undefined =>
  files.find((file) => file.path.toLowerCase() === path.toLowerCase())
