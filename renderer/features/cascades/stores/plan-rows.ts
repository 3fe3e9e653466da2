import { createStore } from 'zustand/vanilla'
import type { PlanRow, PlanRowQuery } from '#engine/contract/cascades'
import type { ErrorData } from '#engine/contract/errors'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

export type PlanRowFilter = Pick<PlanRowQuery, 'table' | 'action' | 'relationship'>

export interface PlanRowsState {
  planId: string | null
  filter: PlanRowFilter
  total: number | null
  pages: ReadonlyMap<number, PlanRow[]>
  error: ErrorData | null
  show(planId: string, filter: PlanRowFilter): void
  showRange(first: number, last: number): void
}

const PAGE_ROWS = 100

export const planRowAt = ({ pages }: Pick<PlanRowsState, 'pages'>, row: number): PlanRow | undefined =>
  pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]

/** Creates the store of a plan's rows, which are fetched when they become visible. */
export function createPlanRowsStore(bridge: BridgeClient, people: PeopleStore) {
  return createStore<PlanRowsState>()((set, get) => {
    const fetching = new Set<string>()
    const fetchPage = async (page: number) => {
      const { planId, filter, pages } = get()
      const key = JSON.stringify([planId, filter, page])
      if (planId === null || pages.has(page) || fetching.has(key)) return
      fetching.add(key)
      const isCurrent = () => get().planId === planId && get().filter === filter
      try {
        const query = { planId, ...filter, offset: page * PAGE_ROWS, limit: PAGE_ROWS }
        const answer = await bridge.call('cascade.planRows', { query, caller: people.callerId() })
        if (isCurrent()) set({ pages: new Map(get().pages).set(page, answer.rows), total: answer.total })
      } catch (error) {
        if (isCurrent()) set({ error: errorDataOf(error) })
      } finally {
        fetching.delete(key)
      }
    }
    return {
      planId: null,
      filter: {},
      total: null,
      pages: new Map(),
      error: null,
      show(planId, filter) {
        set({ planId, filter, total: null, pages: new Map(), error: null })
        void fetchPage(0)
      },
      showRange(first, last) {
        for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page += 1) void fetchPage(page)
      },
    }
  })
}

export const planRowsStore: StoreKey<ReturnType<typeof createPlanRowsStore>> = ({ bridge, get }) =>
  createPlanRowsStore(bridge, get(peopleStore))
