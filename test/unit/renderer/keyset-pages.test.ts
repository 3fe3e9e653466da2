import { expect, test } from 'vitest'
import {
  type KeysetPages,
  missingPages,
  NO_PAGES,
  PAGE_ROWS,
  reachableRows,
  rowAt,
  withPage,
} from '../../../renderer/frame/stores/keyset-pages.ts'

/** Numbers from the greatest down, as a log gives them. */
const page = (from: number, length = PAGE_ROWS) => Array.from({ length }, (_, index) => from - index)
const add = (cache: KeysetPages<number, number>, index: number, rows: number[], hasMore: boolean) =>
  withPage(cache, index, { rows, hasMore }, (row) => row)
const EMPTY: KeysetPages<number, number> = NO_PAGES

test('each page is asked for by the last row of the page before', () => {
  const one = add(EMPTY, 0, page(1_000), true)
  const two = add(one, 1, page(1_000 - PAGE_ROWS), true)

  expect(two.starts).toEqual([null, 1_000 - PAGE_ROWS + 1, 1_000 - 2 * PAGE_ROWS + 1])
  expect([rowAt(two, 0), rowAt(two, PAGE_ROWS), rowAt(two, 2 * PAGE_ROWS)]).toEqual([1_000, 1_000 - PAGE_ROWS, undefined])
})

test('one page more than is known can be scrolled to, until the last one came', () => {
  const one = add(EMPTY, 0, page(1_000), true)
  const all = add(one, 1, page(800, 7), false)

  expect([EMPTY, one, all].map(reachableRows)).toEqual([PAGE_ROWS, 2 * PAGE_ROWS, PAGE_ROWS + 7])
})

test('nothing at all is an end, too', () => {
  const none = add(EMPTY, 0, [], false)

  expect(reachableRows(none)).toBe(0)
  expect(missingPages(none, 0, 0)).toEqual([])
})

test('pages in view are fetched before their neighbours, and none whose beginning is unknown', () => {
  const known: KeysetPages<number, number> = { pages: new Map([[1, []]]), starts: [null, 900, 800, 700], end: null }

  expect(missingPages(known, 2 * PAGE_ROWS, 3 * PAGE_ROWS)).toEqual([2, 3])
  expect(missingPages(known, PAGE_ROWS, PAGE_ROWS + 20)).toEqual([2, 0])
})

test('pages far away are forgotten, but never the first, which would come back with newer rows', () => {
  let cache = EMPTY
  for (let index = 0; index < 80; index += 1) cache = add(cache, index, page(100_000 - index * PAGE_ROWS), true)

  expect(cache.pages.size).toBe(50)
  expect([cache.pages.has(0), cache.pages.has(1), cache.pages.has(79)]).toEqual([true, false, true])
  expect(cache.starts.length).toBe(81)
})
