import { expect, test } from 'vitest'
import type { RecordRow } from '#engine/contract/records'
import { allStale, missingPages, NO_PAGES, PAGE_ROWS, rowAt, withPage } from '../../../renderer/features/records/stores/record-pages.ts'

const rows = (page: number): RecordRow[] =>
  Array.from({ length: PAGE_ROWS }, (_, row) => ({ table: 'account', id: `${page}-${row}`, values: {} }))
const answer = (page: number) => ({ rows: rows(page), total: 1_000_000, exact: true })

test('before the first answer only the first page is asked for', () => {
  expect(missingPages(NO_PAGES, 0, 40)).toEqual([0])
})

test('rows in view come first, then one page in each direction', () => {
  const cache = withPage(NO_PAGES, 0, answer(0))

  expect(missingPages(cache, 550, 590)).toEqual([5, 6, 4])
})

test('stale rows stay in view and are asked for again', () => {
  const cache = allStale(withPage(NO_PAGES, 3, answer(3)))

  expect(rowAt(cache, 312)?.id).toBe('3-12')
  expect(missingPages(cache, 310, 340)).toContain(3)
})

test('memory is bounded: pages far away are dropped first', () => {
  let cache = NO_PAGES
  for (let page = 0; page < 200; page += 1) cache = withPage(cache, page, answer(page))

  expect(cache.pages.size).toBeLessThanOrEqual(60)
  expect(rowAt(cache, 199 * PAGE_ROWS)).toBeDefined()
  expect(rowAt(cache, 0)).toBeUndefined()
})
