import { useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { NO_TABLES, useCounts } from '../../frame/stores/counts.ts'
import type { ModelFilter } from '../../frame/stores/model.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'

export type { ModelFilter } from '../../frame/stores/model.ts'

export const MODEL_FILTERS: ModelFilter[] = ['business', 'all', 'stubs', 'withRecords']

/** Returns the search of the table list, which is kept in the store when the screen is left. */
export function useModelSearch() {
  const model = useStore(modelStore)
  const definition = useStoreState(modelStore, (state) => state.model)
  const { search, filter } = useStoreState(modelStore, (state) => state.list)
  const counts = useCounts(filter === 'withRecords' ? null : NO_TABLES)
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    const belongs = (table: TableDefinition): boolean => {
      if (filter === 'business') return table.origin !== 'system'
      if (filter === 'stubs') return table.origin === 'stub'
      return filter === 'all' || (counts[table.logicalName] ?? 0) > 0
    }
    return (definition?.tables ?? [])
      .filter(
        (table) => belongs(table) && (table.logicalName.includes(wanted) || (table.displayName?.toLowerCase().includes(wanted) ?? false)),
      )
      .sort((a, b) => (a.displayName ?? a.logicalName).localeCompare(b.displayName ?? b.logicalName, undefined, { numeric: true }))
  }, [definition, counts, search, filter])
  return {
    search,
    filter,
    found,
    setSearch: (next: string) => model.getState().changeList({ search: next }),
    setFilter: (next: ModelFilter) => model.getState().changeList({ filter: next }),
  }
}
