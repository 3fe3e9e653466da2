import { createStore } from 'zustand/vanilla'
import type { JobQuery, StepJob } from '#engine/contract/jobs'
import type { BridgeClient } from '../../../frame/bridge.ts'
import { keepNewestFirst, type NewestFirst, type NewestFirstActions, nothingYet, PAGE_ROWS } from '../../../frame/stores/newest-first.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

export interface StepJobsState extends NewestFirstActions {
  onlyFailed: boolean
  list: NewestFirst<StepJob, string>
  /** Number of all jobs, including those not read yet; null while unknown. */
  total: number | null
  /** The one in the side panel. */
  opened: StepJob | null
  showOnlyFailed(onlyFailed: boolean): void
  open(job: StepJob | null): void
}

/** System jobs of asynchronous steps, newest first. */
export function createStepJobsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<StepJobsState>()((set, get) => {
    const read = async (before: string | null, limit: number) => {
      const { onlyFailed, opened } = get()
      const query: JobQuery<'step'> = { kind: 'step', ...(before !== null && { before }), ...(onlyFailed && { status: 'Failed' }), limit }
      const page = await bridge.call('jobs.find', { query, caller: people.callerId() })
      const jobs = page.jobs.filter((job) => job.kind === 'step')
      const { total } = page
      const openedNow = jobs.find((job) => job.id === opened?.id)
      if (openedNow !== undefined && get().opened?.id === openedNow.id) set({ opened: openedNow })
      return { jobs, total }
    }
    /** The total that the first row on the screen belongs to. */
    let shownTotal = 0
    const list = keepNewestFirst<StepJob, string>(
      {
        keyOf: (job) => job.id,
        async read(before, limit) {
          const { jobs, total } = await read(before, limit)
          if (before === null) {
            shownTotal = total
            set({ total })
          }
          return { rows: jobs, hasMore: jobs.length === limit }
        },
        async whileHeld({ rows }, visible) {
          const pages = new Map(rows.pages)
          let total = shownTotal
          for (let page = Math.floor(visible.first / PAGE_ROWS); page <= Math.floor(visible.last / PAGE_ROWS); page += 1) {
            const before = rows.starts[page]
            if (before === undefined) continue
            const answer = await read(before, PAGE_ROWS)
            total = answer.total
            const fresh = new Map(answer.jobs.map((job) => [job.id, job]))
            pages.set(
              page,
              (rows.pages.get(page) ?? []).map((job) => fresh.get(job.id) ?? job),
            )
          }
          set({ total })
          return { rows: { ...rows, pages }, newer: { count: Math.max(0, total - shownTotal), isExact: true } }
        },
      },
      () => get().list,
      (next) => set({ list: next }),
    )
    return {
      onlyFailed: false,
      list: nothingYet(),
      total: null,
      opened: null,
      ...list,
      showOnlyFailed(onlyFailed) {
        set({ onlyFailed, total: null })
        list.restart()
      },
      open: (opened) => set({ opened }),
    }
  })
  bridge.on('jobs', () => void store.getState().follow())
  const reset = () => {
    store.setState({ onlyFailed: false, total: null, opened: null })
    store.getState().restart()
  }
  return Object.assign(store, { reset, catchUp: () => void store.getState().refresh() })
}

export const stepJobsStore: StoreKey<ReturnType<typeof createStepJobsStore>> = ({ bridge, get }) =>
  createStepJobsStore(bridge, get(peopleStore))
