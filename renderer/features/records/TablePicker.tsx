import { useCallback, useMemo } from 'react'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { countOf } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'

const SHOWN = 60

export function TablePicker({ table }: { table: string | null }) {
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStoreState(modelStore, (state) => state.counts)
  /** Sorted by number of rows, then by name, because people rarely look for empty tables. */
  const items = useMemo(
    () =>
      [...tables.values()]
        .map(
          (definition): FoundItem => ({
            key: definition.logicalName,
            label: definition.displayName ?? definition.logicalName,
            description: `${definition.logicalName} · ${countOf(counts[definition.logicalName] ?? 0, 'record')}`,
          }),
        )
        .sort((a, b) => (counts[b.key] ?? 0) - (counts[a.key] ?? 0) || a.label.localeCompare(b.label)),
    [tables, counts],
  )
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      return items.filter((item) => item.key.includes(wanted) || item.label.toLowerCase().includes(wanted)).slice(0, SHOWN)
    },
    [items],
  )
  return (
    <span className="records-table-picker">
      <SearchSelect
        label="Table"
        placeholder="Choose a table"
        value={items.find((item) => item.key === table) ?? null}
        find={find}
        onChange={(item) => view.getState().go({ screen: 'records', table: item.key, recordId: null })}
      />
    </span>
  )
}
