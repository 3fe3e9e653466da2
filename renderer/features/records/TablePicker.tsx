import { useCallback, useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { countsStore, fullestFirst } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { recordText } from './texts.ts'

const SHOWN = 60

const itemOf = ({ logicalName, displayName }: TableDefinition): FoundItem => ({ key: logicalName, label: displayName ?? logicalName })

export function TablePicker({ table }: { table: string | null }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStore(countsStore)
  const items = useMemo(() => [...tables.values()].map(itemOf), [tables])
  const find = useCallback(
    async (search: string): Promise<FoundItem[]> => {
      const wanted = search.trim().toLowerCase()
      const rows = await counts.read(null)
      return items
        .filter(({ key, label }) => key.includes(wanted) || label.toLowerCase().includes(wanted))
        .sort(fullestFirst(rows))
        .slice(0, SHOWN)
        .map((item) => ({ ...item, description: say(recordText.tableWithCount({ table: item.key, count: rows[item.key] ?? 0 })) }))
    },
    [counts, items, say],
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
