/** Returns the root element's name from the beginning of a file, or `undefined` if it is not XML. */
export function rootName(start: string): string | undefined {
  const withoutProlog = start.replace(/^[\uFEFF\s]*/, '').replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[\s\S]*?\]\s*)?>/g, '')
  return /^\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(withoutProlog)?.[1]
}
