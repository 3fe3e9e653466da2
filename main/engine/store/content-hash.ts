import { createHash } from 'node:crypto'

/** Returns the SHA-256 of a text in UTF-8, as hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Returns files with hashes instead of contents. */
export const summaryOf = (files: readonly { path: string; content: string }[]): { path: string; sha256: string; characters: number }[] =>
  files.map(({ path, content }) => ({ path, sha256: sha256(content), characters: content.length }))

/** Returns the hash that a user agrees to. It is the same for the same files, entry and configuration, in any order of files. */
export function contentHashOf(content: {
  entry: string
  configuration: string
  files: readonly { path: string; sha256: string }[]
}): string {
  const files = content.files.map(({ path, sha256 }) => [path, sha256]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return sha256(JSON.stringify({ entry: content.entry, configuration: content.configuration, files }))
}
