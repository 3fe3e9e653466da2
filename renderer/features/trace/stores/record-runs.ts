import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { RecordRef } from '#engine/contract/records'
import type { StepRun } from '#engine/contract/trace'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { oneAtATime } from '../../../frame/stores/one-at-a-time.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The steps that ran on one record. */
export interface RecordRunsState {
  record: RecordRef | null
  /** Newest first; null while loading. */
  runs: StepRun[] | null
  hasOlder: boolean
  /** Runs that were added while the others are shown; they are displayed on demand. */
  newer: StepRun[]
  isHeld: boolean
  error: ErrorData | null
  show(record: RecordRef | null): Promise<void>
  showOlder(): Promise<void>
  showNewer(): void
  hold(isHeld: boolean): void
}

const NOTHING = { record: null, runs: null, hasOlder: false, newer: [], isHeld: false, error: null }

const PAGE = 100

export function createRecordRunsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<RecordRunsState>()((set, get) => {
    const isShown = (record: RecordRef) => get().record?.id === record.id
    return {
      ...NOTHING,
      async show(record) {
        if (record === null) return set(NOTHING)
        set({ ...NOTHING, record })
        try {
          const { runs, hasMore } = await bridge.call('trace.find', { query: { record, limit: PAGE }, caller: people.callerId() })
          if (isShown(record)) set({ runs, hasOlder: hasMore })
        } catch (error) {
          if (isShown(record)) set({ error: errorDataOf(error) })
        }
      },
      async showOlder() {
        const { record, runs } = get()
        const before = runs?.at(-1)?.number
        if (record === null || before === undefined) return
        try {
          const page = await bridge.call('trace.find', { query: { record, before, limit: PAGE }, caller: people.callerId() })
          const shown = get().runs
          if (isShown(record) && shown?.at(-1)?.number === before)
            set({ runs: [...shown, ...page.runs], hasOlder: page.hasMore, error: null })
        } catch (error) {
          if (isShown(record)) set({ error: errorDataOf(error) })
        }
      },
      showNewer: () => set({ runs: [...get().newer, ...(get().runs ?? [])], newer: [] }),
      hold(isHeld) {
        set({ isHeld })
        if (!isHeld && get().newer.length > 0) get().showNewer()
      },
    }
  })
  const follow = oneAtATime(async () => {
    const { record, runs, newer } = store.getState()
    if (record === null || runs === null) return
    try {
      const after = (newer[0] ?? runs[0])?.number ?? 0
      const page = await bridge.call('trace.find', { query: { record, after, limit: PAGE }, caller: people.callerId() })
      const state = store.getState()
      if (state.record?.id !== record.id || state.runs === null || page.runs.length === 0) return
      // More than a page of new runs: those in between are unknown, so the list is read again.
      if (page.hasMore) return store.setState({ runs: page.runs, hasOlder: true, newer: [] })
      store.setState({ newer: [...page.runs, ...state.newer] })
      if (!state.isHeld) state.showNewer()
    } catch (error) {
      store.setState({ error: errorDataOf(error) })
    }
  })
  bridge.on('trace', () => void follow())
  return Object.assign(store, { reset: () => store.setState(NOTHING) })
}

export const recordRunsStore: StoreKey<ReturnType<typeof createRecordRunsStore>> = ({ bridge, get }) =>
  createRecordRunsStore(bridge, get(peopleStore))
