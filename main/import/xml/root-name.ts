/** The root element's name from the start of a file, for telling formats apart. `undefined` where it is not XML. */
export function rootName(start: string): string | undefined {
  const withoutProlog = start.replace(/^[\uFEFF\s]*/, '').replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(\[[\s\S]*?\]\s*)?>/g, '')
  return /^\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(withoutProlog)?.[1]
}
