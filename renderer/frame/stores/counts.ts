import { useEffect } from 'react'
import { createStore } from 'zustand/vanilla'
import type { BridgeClient } from '../bridge.ts'
import { type StoreKey, useStore, useStoreState } from '../stores-context.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type PeopleStore, peopleStore } from './people.ts'

/** Number of records of each table; missing where it was never asked for. Only the counts on screen follow the changes of records. */
export type Counts = Readonly<Record<string, number>>

/** Logical names; null for all tables. */
export type CountedTables = readonly string[] | null

export const NO_TABLES: CountedTables = []

export interface CountsState {
  counts: Counts
}

/**
 * Counts the records of tables on demand. A table is counted again only after its records have changed, and then only if its count is on
 * screen or somebody reads it: a job over a large model announces changes several times a second.
 */
export function createCountsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<CountsState>()(() => ({ counts: {} }))
  const shown = new Set<{ tables: CountedTables }>()
  /** Tables whose count is up to date. */
  const current = new Set<string>()
  /** Whether every table has a count, if an outdated one. */
  let isComplete = false

  const outdatedOf = (tables: CountedTables): CountedTables => {
    if (tables === null && !isComplete) return null
    return [...new Set(tables ?? Object.keys(store.getState().counts))].filter((table) => !current.has(table))
  }
  const count = async (tables: CountedTables): Promise<void> => {
    const outdated = outdatedOf(tables)
    if (outdated?.length === 0) return
    const changed = new Set<string>()
    const forget = bridge.on('records', (records) => {
      for (const table of records.tables) changed.add(table)
    })
    try {
      const counted = await bridge.call('records.counts', { tables: outdated && [...outdated], caller: people.callerId() })
      for (const table of Object.keys(counted)) if (!changed.has(table)) current.add(table)
      isComplete ||= outdated === null
      store.setState({ counts: { ...store.getState().counts, ...counted } })
    } finally {
      forget()
    }
  }
  const countShown = oneAtATime(async () => {
    const wanted = [...shown].map(({ tables }) => tables)
    // A count is not essential: where it fails, the next change of records counts again.
    await count(wanted.includes(null) ? null : wanted.flatMap((tables) => tables ?? [])).catch(() => {})
  })
  const isShown = (table: string): boolean => [...shown].some(({ tables }) => tables === null || tables.includes(table))
  const load = () => {
    current.clear()
    isComplete = false
    void countShown()
  }

  bridge.on('records', ({ tables }) => {
    for (const table of tables) current.delete(table)
    if (tables.some(isShown)) void countShown()
  })
  bridge.on('model', load)
  return Object.assign(store, {
    /** Keeps the counts of these tables up to date until the returned function is called. */
    show(tables: CountedTables): () => void {
      const entry = { tables }
      shown.add(entry)
      void countShown()
      return () => void shown.delete(entry)
    },
    /** Counts those of the tables again whose records have changed, and returns the counts that are known. */
    async read(tables: CountedTables): Promise<Counts> {
      await count(tables).catch(() => {})
      return store.getState().counts
    },
    load,
    reset() {
      current.clear()
      isComplete = false
      store.setState({ counts: {} })
    },
  })
}

export type CountsStore = ReturnType<typeof createCountsStore>

export const countsStore: StoreKey<CountsStore> = ({ bridge, get }) => createCountsStore(bridge, get(peopleStore))

/** Sorts a choice among tables by number of records, then by name, because people rarely look for empty tables. */
export const fullestFirst =
  (counts: Counts) =>
  (a: { key: string; label: string }, b: { key: string; label: string }): number =>
    (counts[b.key] ?? 0) - (counts[a.key] ?? 0) || a.label.localeCompare(b.label)

/** Returns the counts that are known, and keeps those of the tables up to date while the component is on screen. */
export function useCounts(tables: CountedTables): Counts {
  const store = useStore(countsStore)
  useEffect(() => store.show(tables), [store, tables])
  return useStoreState(countsStore, (state) => state.counts)
}

/** Returns the number of records of a table and keeps it up to date while the component is on screen; undefined while unknown. */
export function useCount(table: string | null): number | undefined {
  const store = useStore(countsStore)
  useEffect(() => store.show(table === null ? NO_TABLES : [table]), [store, table])
  return useStoreState(countsStore, (state) => (table === null ? undefined : state.counts[table]))
}
