import { Combine, RefreshCw, Trash2, UserRoundPen, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import { FilterChips } from './FilterChips.tsx'
import { NEW_VIEW, recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

const TYPING_PAUSE_MS = 200
const { toolbar: text } = recordText

export function GridToolbar({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const selected = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).selected)
  const { total, exact } = useStoreState(recordsStore, (state) => state.cache)
  return (
    <div className="records-toolbar">
      <RecordSearch key={table.logicalName} table={table} />
      <FilterChips table={table} />
      <span className="records-toolbar-end">
        {selected.size > 0 ? (
          <SelectionActions table={table} />
        ) : (
          <span className="ui-muted" role="status">
            {say(total === null ? text.counting : exact ? text.count({ count: total }) : text.moreThan({ count: total }))}
          </span>
        )}
        <ColumnChooser table={table} />
        <IconButton label={say(text.refresh)} onClick={() => records.getState().refresh()}>
          <RefreshCw size={14} />
        </IconButton>
      </span>
    </div>
  )
}

/** Searches during typing, after short pauses. */
function RecordSearch({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const search = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).search)
  const [typed, setTyped] = useState(search)
  useEffect(() => setTyped(search), [search])
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => records.getState().changeQuery({ search: typed }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, search, records])
  const column = table.columns.find((candidate) => candidate.logicalName === table.primaryName)
  return (
    <SearchField
      label={say(text.searchRecords)}
      placeholder={say(
        column === undefined ? text.search : text.searchBy({ column: (column.displayName ?? column.logicalName).toLowerCase() }),
      )}
      value={typed}
      onChange={setTyped}
    />
  )
}

function SelectionActions({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const view = useStore(viewStore)
  const selected = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).selected)
  const [first, second] = [...selected.keys()].map((id) => ({ table: table.logicalName, id }))
  const { openDialog } = view.getState()
  const canMerge = table.mergeable && selected.size === 2
  return (
    <>
      <span role="status">{say(text.selected({ count: selected.size }))}</span>
      {selected.size === 1 && first !== undefined && (
        <>
          <Button icon={<UserRoundPen size={14} />} onClick={() => openDialog({ kind: 'assign', record: first })}>
            {say(recordText.assign)}
          </Button>
          <Button icon={<Trash2 size={14} />} onClick={() => openDialog({ kind: 'delete', record: first })}>
            {say(recordText.delete)}
          </Button>
        </>
      )}
      <Button
        icon={<Combine size={14} />}
        disabled={!canMerge}
        title={say(table.mergeable ? text.mergeHint : text.cannotBeMerged({ table: table.displayName ?? table.logicalName }))}
        onClick={() => first !== undefined && openDialog({ kind: 'merge', first, second: second ?? null })}
      >
        {say(recordText.merge)}
      </Button>
      <IconButton label={say(text.clearSelection)} onClick={() => records.getState().changeView({ selected: new Map() })}>
        <X size={14} />
      </IconButton>
    </>
  )
}
