import type { ErrorData } from '#engine/contract/errors'
import { errorDataOf } from '../bridge.ts'
import { type Key, type KeysetPages, missingPages, NO_PAGES, PAGE_ROWS, reachableRows, rowAt, withPage } from './keyset-pages.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** Why the rows are held: the person has scrolled, selected a row, opened one, or points at one. */
export type Hold = 'scrolled' | 'row' | 'opened' | 'pointer'

/** Holds that belong to rows and end when other rows are shown. */
const OF_ROWS: ReadonlySet<Hold> = new Set(['scrolled', 'row'])

/** Newer rows that are not shown yet. */
export interface Newer {
  count: number
  /** Whether the count is exact; false if it stopped at a limit. */
  isExact: boolean
}

/** A list that grows at its top while a person reads it. */
export interface NewestFirst<T, K extends Key> {
  rows: KeysetPages<T, K>
  newer: Newer
  holds: ReadonlySet<Hold>
  error: ErrorData | null
}

export interface NewestFirstActions {
  /** Keeps the list current while it is on the screen, until `leave`. */
  watch(): void
  leave(): void
  showRange(first: number, last: number): void
  hold(reason: Hold, isHeld: boolean): void
  /** Shows the newer rows and scrolls to the top. */
  showNewest(): void
  /** Clears the list and fetches the visible rows again. */
  restart(): void
  /** Reads what is missing or may have changed. */
  refresh(): void
  /** Handles added or changed rows. */
  follow(): Promise<void>
}

interface Source<T, K extends Key> {
  keyOf(row: T): K
  read(before: K | null, limit: number): Promise<{ rows: T[]; hasMore: boolean }>
  /** Returns changes of a held list, whose rows must not move: the number of newer rows, new states of rows. */
  whileHeld(list: NewestFirst<T, K>, visible: { first: number; last: number }): Promise<Partial<NewestFirst<T, K>>>
}

const NONE_NEWER: Newer = { count: 0, isExact: true }

export const nothingYet = <T, K extends Key>(): NewestFirst<T, K> => ({ rows: NO_PAGES, newer: NONE_NEWER, holds: new Set(), error: null })

export const isLoading = <T, K extends Key>({ rows, error }: NewestFirst<T, K>): boolean => rows.pages.size === 0 && error === null

export const isEmpty = <T, K extends Key>({ rows }: NewestFirst<T, K>): boolean => rows.end === 0

export const newestOf = <T, K extends Key>({ rows }: NewestFirst<T, K>): T | undefined => rowAt(rows, 0)

export { PAGE_ROWS, reachableRows, rowAt }

/**
 * Keeps a list current. Shows the newest rows unless the list is held; while it is held, rows do not move and newer ones are
 * counted.
 */
export function keepNewestFirst<T, K extends Key>(
  source: Source<T, K>,
  get: () => NewestFirst<T, K>,
  set: (list: NewestFirst<T, K>) => void,
): NewestFirstActions {
  /** Number of the last request, so that answers to older ones can be ignored. */
  let question = 0
  let fetching = new Set<number>()
  let visible = { first: 0, last: 40 }
  let isWatched = false

  const isHeld = () => get().holds.size > 0 && get().rows.pages.size > 0 && !isEmpty(get())
  const fail = (error: unknown) => set({ ...get(), error: errorDataOf(error) })

  const readPage = async (page: number) => {
    const before = get().rows.starts[page]
    if (before === undefined || fetching.has(page)) return
    const asked = question
    fetching.add(page)
    try {
      const answer = await source.read(before, PAGE_ROWS)
      if (asked !== question) return
      set({ ...get(), rows: withPage(get().rows, page, answer, source.keyOf), error: null })
    } catch (error) {
      if (asked === question) fail(error)
      return
    } finally {
      if (asked === question) fetching.delete(page)
    }
    readMissing()
  }
  const readMissing = () => {
    for (const page of missingPages(get().rows, visible.first, visible.last)) void readPage(page)
  }
  const readNewest = async (isWanted: boolean) => {
    const asked = question
    try {
      const answer = await source.read(null, PAGE_ROWS)
      if (asked !== question) return
      // The list became held meanwhile: rows stay, and newer ones are counted.
      if (isHeld() && !isWanted) return await readHeld()
      question += 1
      fetching = new Set()
      set({ ...get(), rows: withPage(NO_PAGES, 0, answer, source.keyOf), newer: NONE_NEWER, error: null })
    } catch (error) {
      if (asked === question) fail(error)
    }
  }
  const readHeld = async () => {
    const asked = question
    try {
      const change = await source.whileHeld(get(), visible)
      if (asked === question) set({ ...get(), ...change })
    } catch (error) {
      if (asked === question) fail(error)
    }
  }
  const follow = oneAtATime(async () => {
    if (isWatched) await (isHeld() ? readHeld() : readNewest(false))
  })
  const holdsWithoutRows = () => new Set([...get().holds].filter((reason) => !OF_ROWS.has(reason)))
  const hold = (reason: Hold, held: boolean) => {
    const { holds, newer } = get()
    if (holds.has(reason) === held) return
    const next = new Set(holds)
    if (held) next.add(reason)
    else next.delete(reason)
    set({ ...get(), holds: next })
    if (next.size === 0 && newer.count > 0) void follow()
  }
  return {
    watch() {
      isWatched = true
      void follow()
    },
    leave() {
      isWatched = false
      // The list reopens at the rows that were visible.
      set({ ...get(), holds: new Set([...get().holds].filter((reason) => OF_ROWS.has(reason))) })
    },
    showRange(first, last) {
      visible = { first, last }
      hold('scrolled', first > 0)
      readMissing()
    },
    hold,
    showNewest() {
      visible = { first: 0, last: 40 }
      set({ ...get(), holds: holdsWithoutRows() })
      void readNewest(true)
    },
    restart() {
      question += 1
      fetching = new Set()
      visible = { first: 0, last: 40 }
      set({ ...nothingYet(), holds: holdsWithoutRows() })
      void follow()
    },
    refresh() {
      set({ ...get(), error: null })
      readMissing()
      void follow()
    },
    follow,
  }
}
