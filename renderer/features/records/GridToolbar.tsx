import { Combine, RefreshCw, Trash2, UserRoundPen, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import { FilterChips } from './FilterChips.tsx'
import { NEW_VIEW, recordsStore } from './stores/records.ts'

const TYPING_PAUSE_MS = 200

export function GridToolbar({ table }: { table: TableDefinition }) {
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
            {total === null ? 'Counting…' : `${exact ? '' : 'more than '}${countOf(total, 'record')}`}
          </span>
        )}
        <ColumnChooser table={table} />
        <IconButton label="Refresh" onClick={() => records.getState().refresh()}>
          <RefreshCw size={14} />
        </IconButton>
      </span>
    </div>
  )
}

/** Searches during typing, after short pauses. */
function RecordSearch({ table }: { table: TableDefinition }) {
  const records = useStore(recordsStore)
  const search = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).search)
  const [text, setText] = useState(search)
  useEffect(() => setText(search), [search])
  useEffect(() => {
    if (text === search) return
    const timer = setTimeout(() => records.getState().changeQuery({ search: text }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, search, records])
  const column = table.columns.find((candidate) => candidate.logicalName === table.primaryName)
  return (
    <SearchField
      label="Search records"
      placeholder={column === undefined ? 'Search' : `Search by ${(column.displayName ?? column.logicalName).toLowerCase()}`}
      value={text}
      onChange={setText}
    />
  )
}

function SelectionActions({ table }: { table: TableDefinition }) {
  const records = useStore(recordsStore)
  const view = useStore(viewStore)
  const selected = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).selected)
  const [first, second] = [...selected.keys()].map((id) => ({ table: table.logicalName, id }))
  const { openDialog } = view.getState()
  const canMerge = table.mergeable && selected.size === 2
  return (
    <>
      <span role="status">{formatCount(selected.size)} selected</span>
      {selected.size === 1 && first !== undefined && (
        <>
          <Button icon={<UserRoundPen size={14} />} onClick={() => openDialog({ kind: 'assign', record: first })}>
            Assign
          </Button>
          <Button icon={<Trash2 size={14} />} onClick={() => openDialog({ kind: 'delete', record: first })}>
            Delete
          </Button>
        </>
      )}
      <Button
        icon={<Combine size={14} />}
        disabled={!canMerge}
        title={table.mergeable ? 'Merges two selected records' : `Rows of ${table.displayName ?? table.logicalName} cannot be merged`}
        onClick={() => first !== undefined && openDialog({ kind: 'merge', first, second: second ?? null })}
      >
        Merge
      </Button>
      <IconButton label="Clear selection" onClick={() => records.getState().changeView({ selected: new Map() })}>
        <X size={14} />
      </IconButton>
    </>
  )
}
