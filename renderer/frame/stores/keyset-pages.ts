export type Key = number | string

/**
 * Rows page by page, each page asked for by the last row of the page before it, so that nothing shifts when rows are added in front.
 * How many there are shows only at the end. Plain data; every change gives a new value.
 */
export interface KeysetPages<T, K extends Key> {
  pages: ReadonlyMap<number, readonly T[]>
  /** For each page that can be asked for: the last key of the page before it, `null` for the first. */
  starts: readonly (K | null)[]
  /** Rows in all, once the last page has come. */
  end: number | null
}

export const PAGE_ROWS = 200
/** Enough for many screens in each direction; more would only hold memory. */
const KEPT_PAGES = 50

export const NO_PAGES = { pages: new Map<number, never[]>(), starts: [null], end: null }

export const rowAt = <T, K extends Key>(cache: KeysetPages<T, K>, row: number): T | undefined =>
  cache.pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]

/** Rows that can be scrolled to: those known, and a page of those that come next. */
export const reachableRows = <T, K extends Key>({ starts, end }: KeysetPages<T, K>): number => end ?? starts.length * PAGE_ROWS

/** Pages to fetch for the visible rows: those in view, then the neighbours. */
export function missingPages<T, K extends Key>({ pages, starts }: KeysetPages<T, K>, first: number, last: number): number[] {
  const from = Math.floor(first / PAGE_ROWS)
  const to = Math.floor(Math.max(first, last) / PAGE_ROWS)
  const wanted = [...Array.from({ length: to - from + 1 }, (_, index) => from + index), to + 1, from - 1]
  return wanted.filter((page) => page >= 0 && page < starts.length && !pages.has(page))
}

/** With one page more, and without those farthest from it when there are too many. */
export function withPage<T, K extends Key>(
  cache: KeysetPages<T, K>,
  page: number,
  answer: { rows: readonly T[]; hasMore: boolean },
  keyOf: (row: T) => K,
): KeysetPages<T, K> {
  const pages = new Map(cache.pages).set(page, answer.rows)
  // The first page stays: asked for again, it would begin with rows that came since.
  const farthestFirst = [...pages.keys()].filter((other) => other > 0).sort((a, b) => Math.abs(b - page) - Math.abs(a - page))
  for (const far of farthestFirst.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(far)
  const last = answer.rows.at(-1)
  if (!answer.hasMore || last === undefined) {
    return { pages, starts: cache.starts.slice(0, page + 1), end: page * PAGE_ROWS + answer.rows.length }
  }
  return { pages, starts: cache.starts.length === page + 1 ? [...cache.starts, keyOf(last)] : cache.starts, end: cache.end }
}
