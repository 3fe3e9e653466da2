/** A file of a folder or of an archive. Archives are never unpacked to disk. */
export interface SourceFile {
  /** Relative to its tree, with `/` between. */
  path: string
  /** For people: the whole path, with `!` between an archive and its member. */
  location: string
  /** Expanded size in bytes as the archive states it; reading counts the bytes again. */
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

/** Returns the file of this name, ignoring case. */
export const findFile = (files: SourceFile[], path: string): SourceFile | undefined =>
  files.find((file) => file.path.toLowerCase() === path.toLowerCase())
