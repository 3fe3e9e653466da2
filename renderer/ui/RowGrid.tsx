import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { moveByKey } from './grid-keys.ts'
import { Skeleton } from './Skeleton.tsx'
import { VirtualRows, type VirtualRowsHandle } from './VirtualRows.tsx'

export interface RowGridColumn<T> {
  key: string
  label: ReactNode
  /** A track of the CSS grid: `minmax(120px, 2fr)`, `80px`. */
  width: string
  align?: 'end'
  render: (item: T) => ReactNode
}

/** Position in a list. */
export interface ListPlace {
  active: number
  top: number
}

interface RowGridProps<T> {
  label: string
  columns: RowGridColumn<T>[]
  count: number
  /** Returns the item of a row, or undefined while it is fetched. */
  itemAt: (row: number) => T | undefined
  place: ListPlace
  onPlace: (place: ListPlace) => void
  onOpen?: (item: T) => void
  /** Called for Esc, to close the item that was opened from here. */
  onClose?: () => void
  onVisible?: (first: number, last: number) => void
  /** Returns whether an item is shown elsewhere, for instance in the side panel. */
  isCurrent?: (item: T) => boolean
  minWidth?: number
  /** Handle for scrolling the rows from outside. */
  handle?: RefObject<VirtualRowsHandle | null>
}

/** Shows a list of any length with a header. Keys move the active row, Enter or a click opens it. */
export function RowGrid<T>({
  label,
  columns,
  count,
  itemAt,
  place,
  onPlace,
  onOpen,
  onVisible,
  isCurrent,
  minWidth = 0,
  ...rest
}: RowGridProps<T>) {
  const ownHandle = useRef<VirtualRowsHandle>(null)
  const handle = rest.handle ?? ownHandle
  const id = useId()
  const active = Math.min(place.active, Math.max(0, count - 1))
  const template = columns.map((column) => column.width).join(' ')

  // The top is stored when the list is left, because storing it for every scrolled row would render the list twice.
  const top = useRef(place.top)
  const latest = useRef({ place, onPlace })
  useEffect(() => {
    latest.current = { place, onPlace }
  })
  useEffect(() => () => latest.current.onPlace({ ...latest.current.place, top: top.current }), [])

  const moveTo = (row: number) => {
    onPlace({ ...place, active: row })
    handle.current?.showRow(row)
  }
  const openRow = (row: number) => {
    const item = itemAt(row)
    if (item !== undefined) onOpen?.(item)
  }
  return (
    <VirtualRows
      handle={handle}
      role="grid"
      label={label}
      className="ui-row-grid"
      count={count}
      rowCount={count + 1}
      columnCount={columns.length}
      headerHeight={28}
      contentWidth={minWidth}
      initialRow={place.top}
      activeId={count === 0 ? undefined : `${id}-${active}`}
      onVisible={(first, last) => {
        top.current = first
        onVisible?.(first, last)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') return openRow(active)
        if (event.key === 'Escape') return rest.onClose?.()
        const next = moveByKey(
          event.key,
          event.ctrlKey,
          { row: active, column: 0 },
          { rows: count, columns: 1, pageRows: handle.current?.pageRows() ?? 10 },
        )
        if (next === null || event.key === 'ArrowLeft' || event.key === 'ArrowRight') return
        event.preventDefault()
        moveTo(next.row)
      }}
      header={
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and its keys
        <div role="row" className="ui-row ui-row-header" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div key={column.key} role="columnheader" className={column.align === 'end' ? 'ui-cell ui-number' : 'ui-cell'}>
              {column.label}
            </div>
          ))}
        </div>
      }
      renderRow={(row) => {
        const item = itemAt(row)
        const classes = [
          'ui-row',
          row === active && 'ui-row-active',
          onOpen && 'ui-row-opens',
          item !== undefined && isCurrent?.(item) && 'ui-row-current',
        ]
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid, which holds the focus
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            role="row"
            id={`${id}-${row}`}
            aria-rowindex={row + 2}
            aria-selected={row === active}
            className={classes.filter(Boolean).join(' ')}
            style={{ gridTemplateColumns: template }}
            onClick={() => {
              moveTo(row)
              openRow(row)
            }}
          >
            {columns.map((column) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
              <div key={column.key} role="gridcell" className={column.align === 'end' ? 'ui-cell ui-number' : 'ui-cell'}>
                {item === undefined ? <Skeleton width={`${40 + ((row * 31) % 45)}%`} /> : column.render(item)}
              </div>
            ))}
          </div>
        )
      }}
    />
  )
}
