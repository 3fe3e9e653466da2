import { shortened } from '#engine/contract/errors'
import { didYouMean, listed } from '#engine/model/nearest'
import { invalid, type Located, type Position } from './scenario-error.ts'
import type { MapNode, ScalarNode, SourceNode } from './source.ts'

/**
 * Checks the form of a part of a scenario. Returns the typed value, or throws a ScenarioError with the first place that differs.
 * Shapes do not check names; whether a table or a record exists is checked later.
 */
export type Shape<T> = (node: SourceNode) => T

/** Describes a node for a message. */
function found(node: SourceNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`
  if (node.value === null) return 'nothing'
  if (typeof node.value === 'string') return `"${shortened(node.value)}"`
  return `the ${typeof node.value === 'number' ? 'number' : 'value'} ${node.text}`
}

export const expected = (what: string, node: SourceNode) => invalid(`Expected ${what}, found ${found(node)}.`, node.at)

const scalarOf = (what: string, node: SourceNode): ScalarNode => {
  if (node.kind !== 'scalar') throw expected(what, node)
  return node
}

/** Returns the shape of text. Refuses numbers, because YAML does not keep how they were written. */
export const text =
  (what = 'text'): Shape<string> =>
  (node) => {
    const { value } = scalarOf(what, node)
    if (typeof value !== 'string') throw expected(what, node)
    if (value.trim() === '') throw expected(`${what} that is not empty`, node)
    return value
  }

/** Returns the shape of text that may be empty. */
export const anyText =
  (what: string): Shape<string> =>
  (node) => {
    const { value } = scalarOf(what, node)
    if (typeof value !== 'string') throw expected(what, node)
    return value
  }

/** Returns the shape of a short name: text, or a number as it is written (`id: 1`). */
export const word =
  (what: string): Shape<string> =>
  (node) => {
    const { value, text: written } = scalarOf(what, node)
    if (typeof value === 'number') return written
    if (typeof value !== 'string' || value.trim() === '') throw expected(what, node)
    return value
  }

export const flag: Shape<boolean> = (node) => {
  const { value } = scalarOf('true or false', node)
  if (typeof value !== 'boolean') throw expected('true or false', node)
  return value
}

export const wholeNumber =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Shape<number> =>
  (node) => {
    const what = most === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`
    const { value } = scalarOf(what, node)
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) throw expected(what, node)
    return value
  }

export const choice =
  <const T extends string>(...options: readonly T[]): Shape<T> =>
  (node) => {
    const what = `one of ${options.join(', ')}`
    const { value } = scalarOf(what, node)
    if (typeof value !== 'string') throw expected(what, node)
    if (!(options as readonly string[]).includes(value))
      throw invalid(`Expected ${what}, found "${shortened(value)}".${didYouMean(value, options)}`, node.at)
    return value as T
  }

/** The shape of a regular expression, written as text. */
export const pattern: Shape<RegExp> = (node) => {
  const source = text('a regular expression')(node)
  try {
    return new RegExp(source)
  } catch (error) {
    throw invalid(`"${shortened(source)}" is not a regular expression: ${error instanceof Error ? error.message : ''}.`, node.at)
  }
}

export const located =
  <T>(shape: Shape<T>): Shape<Located<T>> =>
  (node) => ({ value: shape(node), at: node.at })

export const listOf =
  <T>(what: string, shape: Shape<T>): Shape<T[]> =>
  (node) => {
    if (node.kind !== 'list') throw expected(`a list of ${what}`, node)
    return node.items.map(shape)
  }

export interface Named<T> {
  name: string
  nameAt: Position
  value: T
}

/** Returns the shape of a mapping whose keys the author chooses: `account: …, contact: …`. */
export const dictionaryOf =
  <T>(what: string, shape: Shape<T>): Shape<Named<T>[]> =>
  (node) =>
    mappingOf(what, node).entries.map(({ key, keyAt, value }) => ({ name: key, nameAt: keyAt, value: shape(value) }))

export function mappingOf(what: string, node: SourceNode): MapNode {
  if (node.kind !== 'mapping') throw expected(`a mapping (${what})`, node)
  return node
}

/** Accepts an empty value for an empty mapping: `account:` for `account: {}`. */
export const orEmpty =
  <T>(shape: Shape<T>): Shape<T> =>
  (node) =>
    shape(node.kind === 'scalar' && node.value === null ? { kind: 'mapping', at: node.at, entries: [] } : node)

/** Accepts null for a value: `failBatch: null`. */
export const orNull =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (node) =>
    node.kind === 'scalar' && node.value === null ? null : shape(node)

type Shapes = Record<string, Shape<unknown>>
type Values<S extends Shapes> = { [K in keyof S]: ReturnType<S[K]> }
export type Fields<R extends Shapes, O extends Shapes> = Values<R> & Partial<Values<O>>

/** Returns the shape of a mapping with fixed keys. Reports unknown keys first, with the most similar valid key. */
export const fields = <R extends Shapes, O extends Shapes>(what: string, required: R, optional: O): Shape<Fields<R, O>> => {
  const shapes = new Map(Object.entries<Shape<unknown>>({ ...required, ...optional }))
  const keys = [...shapes.keys()]
  return (node) => {
    const { entries } = mappingOf(`${what} with ${keys.length === 0 ? 'no keys' : listed(keys)}`, node)
    const values: Record<string, unknown> = {}
    for (const { key, keyAt, value } of entries) {
      const shape = shapes.get(key)
      if (shape === undefined) throw unknownKey(what, key, keyAt, keys)
      values[key] = shape(value)
    }
    const missing = Object.keys(required).find((key) => !(key in values))
    if (missing !== undefined) throw invalid(`Key "${missing}" is missing in ${what}.`, node.at)
    return values as Fields<R, O>
  }
}

export const unknownKey = (what: string, key: string, at: Position, keys: readonly string[]) =>
  invalid(
    `Unknown key "${shortened(key)}" in ${what}.${didYouMean(key, keys)} ${keys.length === 0 ? 'No keys are expected.' : `Valid keys: ${listed(keys)}.`}`,
    at,
  )

/** Returns the entry of a mapping with this key. */
export const entryOf = (node: SourceNode, key: string) =>
  node.kind === 'mapping' ? node.entries.find((entry) => entry.key === key) : undefined

/** Returns the shape of a mapping with a name and at least one other key, which is what changes. */
export const withChange =
  <T extends object>(shape: Shape<T>, changes: string): Shape<T> =>
  (node) => {
    const read = shape(node)
    if (Object.keys(read).length < 2) throw invalid(`Expected at least one of ${changes}.`, node.at)
    return read
  }
