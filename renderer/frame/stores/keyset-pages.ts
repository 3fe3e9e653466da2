export type Key = number | string

/**
 * The pages of a list, each fetched by the last row of the previous page, so that rows added in front shift nothing.
 * The total is known only at the end. Immutable: every change returns a new value.
 */
export interface KeysetPages<T, K extends Key> {
  pages: ReadonlyMap<number, readonly T[]>
  /** For each page that can be fetched, the last key of the previous page; `null` for the first. */
  starts: readonly (K | null)[]
  /** Number of all rows, once the last page has been fetched. */
  end: number | null
}

export const PAGE_ROWS = 200
/** Number of pages to keep: many screens in each direction. */
const KEPT_PAGES = 50

export const NO_PAGES = { pages: new Map<number, never[]>(), starts: [null], end: null }

export const rowAt = <T, K extends Key>(cache: KeysetPages<T, K>, row: number): T | undefined =>
  cache.pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]

/** Returns the number of rows that can be scrolled to: the known ones and one more page. */
export const reachableRows = <T, K extends Key>({ starts, end }: KeysetPages<T, K>): number => end ?? starts.length * PAGE_ROWS

/** Returns the pages to fetch for the visible rows: the visible ones, then their neighbours. */
export function missingPages<T, K extends Key>({ pages, starts }: KeysetPages<T, K>, first: number, last: number): number[] {
  const from = Math.floor(first / PAGE_ROWS)
  const to = Math.floor(Math.max(first, last) / PAGE_ROWS)
  const wanted = [...Array.from({ length: to - from + 1 }, (_, index) => from + index), to + 1, from - 1]
  return wanted.filter((page) => page >= 0 && page < starts.length && !pages.has(page))
}

/** Adds a page, and removes those farthest from it if there are too many. */
export function withPage<T, K extends Key>(
  cache: KeysetPages<T, K>,
  page: number,
  answer: { rows: readonly T[]; hasMore: boolean },
  keyOf: (row: T) => K,
): KeysetPages<T, K> {
  const pages = new Map(cache.pages).set(page, answer.rows)
  // The first page is kept, because fetching it again would return newer rows.
  const farthestFirst = [...pages.keys()].filter((other) => other > 0).sort((a, b) => Math.abs(b - page) - Math.abs(a - page))
  for (const far of farthestFirst.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(far)
  const last = answer.rows.at(-1)
  if (!answer.hasMore || last === undefined) {
    return { pages, starts: cache.starts.slice(0, page + 1), end: page * PAGE_ROWS + answer.rows.length }
  }
  return { pages, starts: cache.starts.length === page + 1 ? [...cache.starts, keyOf(last)] : cache.starts, end: cache.end }
}
