import { Table2 } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef } from 'react'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { defaultColumns, defaultWidth } from '../../frame/columns.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { moveByKey } from '../../ui/grid-keys.ts'
import { VirtualRows, type VirtualRowsHandle } from '../../ui/VirtualRows.tsx'
import { GridHeader } from './GridHeader.tsx'
import { GridRow } from './GridRow.tsx'
import { rowAt } from './stores/record-pages.ts'
import { NEW_VIEW, recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

export const SELECT_WIDTH = 36
/** Number of skeleton rows until the first page gives the real number. */
const ROWS_UNTIL_KNOWN = 40
const { grid: text } = recordText

/** Shows any number of records. Pages are fetched when they become visible; skeletons are shown until then. */
export function RecordGrid({ table, openId }: { table: TableDefinition; openId: string | null }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const view = useStore(viewStore)
  const gridView = useStoreState(recordsStore, (state) => state.views[table.logicalName] ?? NEW_VIEW)
  const cache = useStoreState(recordsStore, (state) => state.cache)
  const error = useStoreState(recordsStore, (state) => state.error)
  const handle = useRef<VirtualRowsHandle>(null)
  const id = useId()

  // Stored when the grid is left, because storing it for every scrolled row would render the grid twice.
  const top = useRef(gridView.topRow)
  useEffect(() => () => records.getState().rememberTop(table.logicalName, top.current), [records, table.logicalName])
  const { search, filters, sort } = gridView
  const query = useRef({ search, filters, sort })
  useEffect(() => {
    const before = query.current
    query.current = { search, filters, sort }
    if (before.search !== search || before.filters !== filters || before.sort !== sort) handle.current?.showRow(0)
  }, [search, filters, sort])

  const { columns: chosen, widths } = gridView
  const columns = useMemo(() => {
    const byName = new Map(table.columns.map((column) => [column.logicalName, column]))
    return (chosen ?? defaultColumns(table))
      .map((name) => byName.get(name))
      .filter((column): column is ColumnDefinition => column !== undefined)
  }, [table, chosen])
  const columnWidths = columns.map((column) => widths[column.logicalName] ?? defaultWidth(table, column))
  // The last track takes the remaining width, so that rows reach the right edge.
  const template = `${SELECT_WIDTH}px ${columnWidths.map((width) => `${width}px`).join(' ')} minmax(0, 1fr)`
  const contentWidth = SELECT_WIDTH + columnWidths.reduce((sum, width) => sum + width, 0)

  const count = cache.total ?? ROWS_UNTIL_KNOWN
  const active = {
    row: Math.min(gridView.active.row, Math.max(0, count - 1)),
    column: Math.min(gridView.active.column, columns.length - 1),
  }
  const { changeView, toggleSelected, showRange, changeQuery, refresh } = records.getState()
  const openRow = useCallback(
    (row: number) => {
      const record = rowAt(records.getState().cache, row)
      if (record !== undefined) view.getState().go({ screen: 'records', table: table.logicalName, recordId: record.id })
    },
    [records, view, table.logicalName],
  )
  // The same function for every row and every rendering, so that only changed rows are rendered again.
  const openCell = useCallback(
    (row: number, column: number) => {
      records.getState().changeView({ active: { row, column } })
      openRow(row)
    },
    [records, openRow],
  )
  const closeRecord = () => view.getState().go({ screen: 'records', table: table.logicalName, recordId: null })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return // The header's buttons handle their own keys.
    if (event.key === 'Enter') return openRow(active.row)
    if (event.key === 'Escape' && openId !== null) return closeRecord()
    if (event.key === ' ') {
      event.preventDefault()
      const record = rowAt(cache, active.row)
      if (record !== undefined) toggleSelected(record)
      return
    }
    const next = moveByKey(event.key, event.ctrlKey, active, {
      rows: count,
      columns: columns.length,
      pageRows: handle.current?.pageRows() ?? 10,
    })
    if (next === null || event.altKey) return
    event.preventDefault()
    changeView({ active: next })
    handle.current?.showRow(next.row)
  }

  if (error !== null && cache.total === null) {
    return (
      <div className="records-message">
        <ErrorNotice error={error} title={say(text.notRead)} action={<Button onClick={refresh}>{say(recordText.tryAgain)}</Button>} />
      </div>
    )
  }
  const isFiltered = gridView.search !== '' || gridView.filters.length > 0
  return (
    <div className="records-grid">
      {error !== null && (
        <ErrorNotice error={error} title={say(text.someNotRead)} action={<Button onClick={refresh}>{say(recordText.tryAgain)}</Button>} />
      )}
      <VirtualRows
        handle={handle}
        role="grid"
        label={say(text.label({ table: table.displayName ?? table.logicalName }))}
        count={count}
        rowCount={count + 1}
        columnCount={columns.length + 1}
        multiselectable
        headerHeight={32}
        contentWidth={contentWidth}
        initialRow={gridView.topRow}
        activeId={cache.total === null || count === 0 ? undefined : `${id}-${active.row}-${active.column}`}
        onVisible={(first, last) => {
          showRange(first, last)
          top.current = first
        }}
        onKeyDown={onKeyDown}
        header={<GridHeader table={table} columns={columns} widths={columnWidths} template={template} view={gridView} />}
        renderRow={(row) => {
          const record = rowAt(cache, row)
          return (
            <GridRow
              id={id}
              row={row}
              record={record}
              columns={columns}
              template={template}
              activeColumn={row === active.row ? active.column : null}
              isOpen={record !== undefined && record.id === openId}
              isSelected={record !== undefined && gridView.selected.has(record.id)}
              onToggle={toggleSelected}
              onOpen={openCell}
            />
          )
        }}
      />
      {cache.total === 0 && (
        <div className="records-none">
          <EmptyState
            icon={<Table2 size={28} />}
            title={say(isFiltered ? text.noMatch : text.none)}
            action={
              isFiltered ? (
                <Button onClick={() => changeQuery({ search: '', filters: [] })}>{say(text.clear)}</Button>
              ) : (
                <Button onClick={() => view.getState().openDialog({ kind: 'generate', table: table.logicalName })}>
                  {say(recordText.generate)}
                </Button>
              )
            }
          >
            {say(isFiltered ? text.noMatchHint : text.noneHint)}
          </EmptyState>
        </div>
      )}
    </div>
  )
}
