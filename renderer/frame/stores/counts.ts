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

const nothingKnown = () => ({ current: new Set<string>(), isComplete: false })

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
  /**
   * Tables whose count is up to date, and whether every table has a count, if an outdated one. Another environment, model or user begins
   * with a new object; answers that were asked for before belong to the old one.
   */
  let known = nothingKnown()

  const outdatedOf = (tables: CountedTables): CountedTables => {
    if (tables === null && !known.isComplete) return null
    return [...new Set(tables ?? Object.keys(store.getState().counts))].filter((table) => !known.current.has(table))
  }
  const count = async (tables: CountedTables): Promise<void> => {
    const outdated = outdatedOf(tables)
    if (outdated?.length === 0) return
    const asked = known
    const changed = new Set<string>()
    const forget = bridge.on('records', (records) => {
      for (const table of records.tables) changed.add(table)
    })
    try {
      const counted = await bridge.call('records.counts', { tables: outdated && [...outdated], caller: people.callerId() })
      if (asked !== known) return
      for (const table of Object.keys(counted)) if (!changed.has(table)) known.current.add(table)
      known.isComplete ||= outdated === null
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
    known = nothingKnown()
    void countShown()
  }

  bridge.on('records', ({ tables }) => {
    for (const table of tables) known.current.delete(table)
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
      known = nothingKnown()
      store.setState({ counts: {} })
    },
  })
}

export type CountsStore = ReturnType<typeof createCountsStore>

export const countsStore: StoreKey<CountsStore> = ({ bridge, get }) => createCountsStore(bridge, get(peopleStore))

/** Returns the logical names of the tables that have records, those with most first. */
export const fullestTables = (counts: Counts): string[] =>
  Object.entries(counts)
    .filter(([, records]) => records > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([table]) => table)

/** Sorts tables, given by logical name and name, by number of records, then by name: people rarely look for empty tables. */
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
