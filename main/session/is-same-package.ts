/** Returns whether two packages hold the same files, by their paths and hashes. */
export function isSamePackage(first: readonly FileMark[], second: readonly FileMark[]): boolean {
  return first.length === second.length && marksOf(first) === marksOf(second)
}

interface FileMark {
  path: string
  sha256: string
}

const marksOf = (files: readonly FileMark[]): string =>
  files
    .map(({ path, sha256 }) => `${path}\n${sha256}`)
    .sort()
    .join('\n')
