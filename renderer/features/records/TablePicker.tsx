import { useCallback, useMemo } from 'react'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { recordText } from './texts.ts'

const SHOWN = 60

export function TablePicker({ table }: { table: string | null }) {
  const { say } = useWords()
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
            description: say(recordText.tableWithCount({ table: definition.logicalName, count: counts[definition.logicalName] ?? 0 })),
          }),
        )
        .sort((a, b) => (counts[b.key] ?? 0) - (counts[a.key] ?? 0) || a.label.localeCompare(b.label)),
    [tables, counts, say],
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
        label={say(recordText.table)}
        placeholder={say(recordText.chooseTable)}
        value={items.find((item) => item.key === table) ?? null}
        find={find}
        onChange={(item) => view.getState().go({ screen: 'records', table: item.key, recordId: null })}
      />
    </span>
  )
}
