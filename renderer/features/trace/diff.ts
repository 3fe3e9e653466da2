/** `alone`: only one side has the column, so there is nothing to compare. */
export const DIFFERENCES = ['added', 'removed', 'changed', 'same', 'alone'] as const
export type Difference = (typeof DIFFERENCES)[number]

export interface DiffLine {
  name: string
  difference: Difference
  before: unknown
  after: unknown
}

type Values = Record<string, unknown>

const isEmpty = (value: unknown): boolean => value === null || value === undefined

/** Returns whether two values are equal as data, ignoring the order of fields. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Values, b as Values]
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => Object.hasOwn(left, name) === Object.hasOwn(right, name) && isSame(left[name], right[name]))
}

function differenceOf(before: unknown, after: unknown): Difference {
  if (isEmpty(before) && isEmpty(after)) return 'same'
  if (isEmpty(before)) return 'added'
  if (isEmpty(after)) return 'removed'
  return isSame(before, after) ? 'same' : 'changed'
}

const linesOf = (before: Values, after: Values, difference: (name: string) => Difference): DiffLine[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, difference: difference(name), before: before[name], after: after[name] }))
    // Differences first; the sort is stable and keeps the order of the columns.
    .sort(
      (a, b) => Number(a.difference === 'same' || a.difference === 'alone') - Number(b.difference === 'same' || b.difference === 'alone'),
    )

/** Compares two states of the same object: a column on one side only was added or removed. */
export const diffOf = (before: Values, after: Values): DiffLine[] =>
  linesOf(before, after, (name) => differenceOf(before[name], after[name]))

/** Compares two images. Each holds the columns that the step registered for it, so a column of only one image is not a change. */
export const imageDiffOf = (pre: Values, post: Values): DiffLine[] =>
  linesOf(pre, post, (name) => (Object.hasOwn(pre, name) && Object.hasOwn(post, name) ? differenceOf(pre[name], post[name]) : 'alone'))

/** Counts the lines of each kind. */
export function countDifferences(lines: readonly DiffLine[]): Record<Difference, number> {
  const counts: Record<Difference, number> = { added: 0, removed: 0, changed: 0, same: 0, alone: 0 }
  for (const { difference } of lines) counts[difference] += 1
  return counts
}
