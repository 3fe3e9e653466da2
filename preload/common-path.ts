/** Returns the path of dropped files: of a single file its own, of several the deepest folder that contains them all. */
export function commonPath(paths: string[]): string {
  const [first, ...rest] = paths
  if (!first) throw new Error('These files have no place on this computer. Save them to a folder first.')
  if (rest.length === 0) return first
  const separator = first.includes('\\') ? '\\' : '/'
  let shared = first.split(separator).slice(0, -1)
  for (const path of rest) {
    const parts = path.split(separator)
    const apart = shared.findIndex((part, index) => part !== parts[index])
    if (apart >= 0) shared = shared.slice(0, apart)
  }
  return shared.join(separator) || separator
}
