import { createStore } from 'zustand/vanilla'
import type { LookupValue } from '#engine/contract/records'
import type { StepOutcome, StepRun, StepRunQuery } from '#engine/contract/trace'
import type { BridgeClient } from '../../../frame/bridge.ts'
import { keepNewestFirst, type NewestFirst, type NewestFirstActions, newestOf, nothingYet } from '../../../frame/stores/newest-first.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The filter of the trace log. */
export interface TraceFilter {
  plugin: string | null
  step: { number: number; label: string } | null
  table: string | null
  record: LookupValue | null
  job: { id: string; name: string } | null
  depth: number | null
  outcome: 'all' | 'errors' | StepOutcome
  correlationId: string | null
  search: string
}

export const EVERY_RUN: TraceFilter = {
  plugin: null,
  step: null,
  table: null,
  record: null,
  job: null,
  depth: null,
  outcome: 'all',
  correlationId: null,
  search: '',
}

export interface TraceState extends NewestFirstActions {
  filter: TraceFilter
  log: NewestFirst<StepRun, number>
  /** Plug-ins that occur in the log, including removed ones, for the filter. */
  plugins: ReadonlySet<string>
  changeFilter(change: Partial<TraceFilter>): void
  /** Replaces the filter, for links from other screens. */
  showOnly(filter: Partial<TraceFilter>): void
}

/** Number of newer runs that are counted at once. */
const COUNTED = 200

export function queryOf(filter: TraceFilter): Omit<StepRunQuery, 'limit'> {
  const { plugin, step, table, record, job, depth, outcome, correlationId } = filter
  const search = filter.search.trim()
  return {
    ...(plugin !== null && { plugin }),
    ...(step !== null && { step: step.number }),
    ...(table !== null && record === null && { table }),
    ...(record !== null && { record: { table: record.table, id: record.id } }),
    ...(job !== null && { jobId: job.id }),
    ...(depth !== null && { depth }),
    ...(outcome === 'errors' && { onlyErrors: true }),
    ...(outcome !== 'errors' && outcome !== 'all' && { outcome }),
    ...(correlationId !== null && { correlationId }),
    ...(search !== '' && { search }),
  }
}

export const isFiltered = (filter: TraceFilter): boolean => Object.keys(queryOf(filter)).length > 0

/** Creates the store of the plug-in trace log, newest runs first. */
export function createTraceStore(bridge: BridgeClient, people: PeopleStore) {
  /** The last run that was counted as newer. */
  let countedTo = 0
  const store = createStore<TraceState>()((set, get) => {
    const list = keepNewestFirst<StepRun, number>(
      {
        keyOf: (run) => run.number,
        async read(before, limit) {
          const query = { ...queryOf(get().filter), ...(before !== null && { before }), limit }
          const { runs, hasMore } = await bridge.call('trace.find', { query, caller: people.callerId() })
          const met = runs.filter((run) => !get().plugins.has(run.plugin)).map((run) => run.plugin)
          if (met.length > 0) set({ plugins: new Set([...get().plugins, ...met]) })
          return { rows: runs, hasMore }
        },
        async whileHeld(log) {
          const from = Math.max(countedTo, newestOf(log)?.number ?? 0)
          const query = { ...queryOf(get().filter), after: from, limit: COUNTED }
          const { runs, hasMore } = await bridge.call('trace.find', { query, caller: people.callerId() })
          countedTo = runs[0]?.number ?? from
          return { newer: { count: log.newer.count + runs.length, isExact: log.newer.isExact && !hasMore } }
        },
      },
      () => get().log,
      (log) => {
        if (log.newer.count === 0) countedTo = 0
        set({ log })
      },
    )
    const { restart } = list
    return {
      filter: EVERY_RUN,
      log: nothingYet(),
      plugins: new Set(),
      ...list,
      changeFilter(change) {
        set({ filter: { ...get().filter, ...change } })
        restart()
      },
      showOnly(filter) {
        set({ filter: { ...EVERY_RUN, ...filter, ...(filter.record && { table: filter.record.table }) } })
        restart()
      },
    }
  })
  bridge.on('trace', () => void store.getState().follow())
  const reset = () => {
    store.setState({ filter: EVERY_RUN, plugins: new Set() })
    store.getState().restart()
  }
  return Object.assign(store, { reset, catchUp: () => void store.getState().refresh() })
}

export const traceStore: StoreKey<ReturnType<typeof createTraceStore>> = ({ bridge, get }) => createTraceStore(bridge, get(peopleStore))
