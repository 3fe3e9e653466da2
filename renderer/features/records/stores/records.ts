import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { RecordFilter, RecordQuery, RecordRow } from '#engine/contract/records'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { completedStore } from '../../../frame/stores/completed.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import { whileShown } from '../../../frame/stores/while-shown.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'
import { allStale, missingPages, NO_PAGES, PAGE_ROWS, type RecordPages, withPage } from './record-pages.ts'

/** A filter for display; `shown` is the text for a value such as an id. */
export interface ViewFilter extends RecordFilter {
  shown?: string
}

/** Columns, sorting, filters and position of a table's grid. Kept for each table while the environment is open. */
export interface TableView {
  search: string
  filters: ViewFilter[]
  sort: RecordQuery['sort'] | null
  /** Null for the default columns of the table. */
  columns: string[] | null
  widths: Record<string, number>
  active: { row: number; column: number }
  topRow: number
  selected: ReadonlyMap<string, RecordRow>
}

export interface RecordsState {
  table: string | null
  views: Record<string, TableView>
  cache: RecordPages
  error: ErrorData | null
  showTable(table: string): void
  changeView(change: Partial<TableView>): void
  /** Changes the query, fetches the rows again and scrolls to the top. */
  changeQuery(change: Partial<Pick<TableView, 'search' | 'filters' | 'sort'>>): void
  rememberTop(table: string, topRow: number): void
  toggleSelected(row: RecordRow): void
  showRange(first: number, last: number): void
  refresh(): void
  /** Opens a table with these filters. */
  showFiltered(table: string, filters: ViewFilter[]): void
}

export const NEW_VIEW: TableView = {
  search: '',
  filters: [],
  sort: null,
  columns: null,
  widths: {},
  active: { row: 0, column: 0 },
  topRow: 0,
  selected: new Map(),
}

const AT_ONCE = 2
/** Interval in milliseconds at which the visible rows are fetched during fast scrolling, when most rows disappear before they arrive. */
const SCROLL_PAUSE_MS = 60

function queryOf(table: string, view: TableView): Omit<RecordQuery, 'offset' | 'limit'> {
  const filters = view.filters.map(({ shown: _, ...filter }) => filter)
  return {
    table,
    ...(view.search.trim() === '' ? {} : { search: view.search.trim() }),
    ...(filters.length === 0 ? {} : { filters }),
    ...(view.sort ? { sort: view.sort } : {}),
  }
}

export function createRecordsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<RecordsState>()((set, get) => {
    /** Identifies the query of `cache`, so that answers for other queries can be ignored. */
    let key = ''
    let range = { first: 0, last: 40 }
    let fetching = new Set<number>()
    let fetchSoon: ReturnType<typeof setTimeout> | null = null

    const viewOf = (table: string): TableView => get().views[table] ?? NEW_VIEW

    const fetchMissing = () => {
      const { table, cache, error } = get()
      if (table === null || error !== null) return
      for (const page of missingPages(cache, range.first, range.last)) {
        if (fetching.size >= AT_ONCE) return
        if (!fetching.has(page)) void fetchPage(table, page)
      }
    }
    const fetchPage = async (table: string, page: number) => {
      const askedFor = key
      fetching.add(page)
      try {
        const query = { ...queryOf(table, viewOf(table)), offset: page * PAGE_ROWS, limit: PAGE_ROWS }
        const answer = await bridge.call('records.find', { query, caller: people.callerId() })
        if (askedFor === key) set({ cache: withPage(get().cache, page, answer), error: null })
      } catch (error) {
        if (askedFor === key) set({ error: errorDataOf(error) })
      } finally {
        if (askedFor === key) {
          fetching.delete(page)
          fetchMissing()
        }
      }
    }
    const restart = () => {
      const { table } = get()
      if (table === null) return
      const next = JSON.stringify(queryOf(table, viewOf(table)))
      if (next === key && get().error === null) {
        set({ cache: allStale(get().cache) })
      } else {
        key = next
        fetching = new Set()
        set({ cache: NO_PAGES, error: null })
        const { topRow } = viewOf(table)
        range = { first: topRow, last: topRow + 40 }
        // Any page brings the total, without which it is unknown whether the visible page exists.
        void fetchPage(table, Math.floor(topRow / PAGE_ROWS))
        return
      }
      fetchMissing()
    }
    const changeView = (change: Partial<TableView>) => {
      const { table, views } = get()
      if (table !== null) set({ views: { ...views, [table]: { ...viewOf(table), ...change } } })
    }
    return {
      table: null,
      views: {},
      cache: NO_PAGES,
      error: null,
      showTable(table) {
        if (get().table === table) return
        set({ table })
        restart()
      },
      changeView,
      changeQuery(change) {
        changeView({ ...change, topRow: 0, active: { row: 0, column: get().views[get().table ?? '']?.active.column ?? 0 } })
        restart()
      },
      rememberTop: (table, topRow) => set({ views: { ...get().views, [table]: { ...viewOf(table), topRow } } }),
      toggleSelected(row) {
        const selected = new Map(viewOf(row.table).selected)
        if (!selected.delete(row.id)) selected.set(row.id, row)
        changeView({ selected })
      },
      showRange(first, last) {
        range = { first, last }
        if (fetchSoon !== null) return
        fetchSoon = setTimeout(() => {
          fetchSoon = null
          fetchMissing()
        }, SCROLL_PAUSE_MS)
      },
      refresh() {
        set({ error: null })
        restart()
      },
      showFiltered(table, filters) {
        set({
          views: { ...get().views, [table]: { ...viewOf(table), search: '', filters, topRow: 0, active: { row: 0, column: 0 } } },
          table,
        })
        restart()
      },
    }
  })
  const { changed, show } = whileShown(() => store.getState().refresh())
  bridge.on('records', ({ tables }) => {
    const { table } = store.getState()
    if (table !== null && tables.includes(table)) changed()
  })
  bridge.on('model', changed)
  return Object.assign(store, {
    show,
    reset: () => store.setState({ table: null, views: {}, cache: NO_PAGES, error: null }),
    catchUp: () => store.getState().refresh(),
  })
}

export const recordsStore: StoreKey<ReturnType<typeof createRecordsStore>> = ({ bridge, get }) => {
  const store = createRecordsStore(bridge, get(peopleStore))
  // What a cascade changed need not be there any more.
  get(completedStore).subscribe(() => store.getState().changeView({ selected: new Map() }))
  return store
}
