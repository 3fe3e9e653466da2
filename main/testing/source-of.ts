import type { Entry, SourceNode } from '../scenario/source.ts'

/** Position of all nodes: plain data given by a test has no places in a file. */
const at = { line: 1, column: 1 }

export function sourceOf(value: unknown): SourceNode {
  if (Array.isArray(value)) return { kind: 'list', at, items: value.map(sourceOf) }
  if (typeof value === 'object' && value !== null) return mapping(Object.entries(value))
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'scalar', at, value, text: String(value ?? '') }
  throw new TypeError(`Expected plain data, found a ${typeof value}.`)
}

/** Makes a mapping of the defined values. */
function mapping(pairs: [string, unknown][]): SourceNode {
  const given = pairs.filter(([, value]) => value !== undefined)
  return { kind: 'mapping', at, entries: given.map(([key, value]): Entry => ({ key, keyAt: at, value: sourceOf(value) })) }
}
