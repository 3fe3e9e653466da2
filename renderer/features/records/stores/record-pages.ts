import type { RecordPage, RecordRow } from '#engine/contract/records'

/** The pages of one query. Immutable: every change returns a new value. */
export interface RecordPages {
  pages: ReadonlyMap<number, RecordRow[]>
  /** Pages whose rows may have changed; they stay visible until they have been fetched again. */
  stale: ReadonlySet<number>
  total: number | null
  exact: boolean
}

export const PAGE_ROWS = 100
/** Number of pages to keep: some screens in each direction. */
const KEPT_PAGES = 60

export const NO_PAGES: RecordPages = { pages: new Map(), stale: new Set(), total: null, exact: true }

export const rowAt = (cache: RecordPages, row: number): RecordRow | undefined =>
  cache.pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]

export const allStale = (cache: RecordPages): RecordPages => ({ ...cache, stale: new Set(cache.pages.keys()) })

/** Returns the pages to fetch for the visible rows: first the visible ones, then one in each direction. */
export function missingPages(cache: RecordPages, first: number, last: number): number[] {
  const from = Math.floor(first / PAGE_ROWS)
  const to = Math.floor(Math.max(first, last) / PAGE_ROWS)
  const wanted = [...Array.from({ length: to - from + 1 }, (_, index) => from + index), to + 1, from - 1]
  const lastPage = cache.total === null ? 0 : Math.max(0, Math.ceil(cache.total / PAGE_ROWS) - 1)
  return wanted.filter((page) => page >= 0 && page <= lastPage && (!cache.pages.has(page) || cache.stale.has(page)))
}

/** Adds a page, and removes those farthest from it if there are too many. */
export function withPage(cache: RecordPages, page: number, answer: RecordPage): RecordPages {
  const pages = new Map(cache.pages).set(page, answer.rows)
  const farthestFirst = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page))
  for (const far of farthestFirst.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(far)
  const stale = new Set(cache.stale)
  stale.delete(page)
  return { pages, stale, total: answer.total, exact: answer.exact }
}
