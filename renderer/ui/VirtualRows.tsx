import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { contentTopAt, contentTopShowing, type ScrollGeometry, scrollTopFor, spacerHeight, visibleRows } from './scroll-scale.ts'

export interface VirtualRowsHandle {
  /** Scrolls a row into view, as little as necessary. */
  showRow(row: number): void
  /** Returns the number of rows that fit, for PageUp and PageDown. */
  pageRows(): number
  focus(): void
}

interface VirtualRowsProps {
  count: number
  rowHeight?: number
  /** Renders one row. */
  renderRow: (row: number) => ReactNode
  header?: ReactNode
  headerHeight?: number
  /** Width of a row where it may be wider than the view. */
  contentWidth?: number
  /** Row at the top when first shown. */
  initialRow?: number
  onVisible?: (first: number, last: number) => void
  onKeyDown?: (event: KeyboardEvent) => void
  handle?: Ref<VirtualRowsHandle>
  className?: string
  role?: 'grid' | 'listbox' | 'table' | 'tree'
  label: string
  rowCount?: number
  columnCount?: number
  activeId?: string | undefined
  multiselectable?: boolean
}

const OVERSCAN = 6
/** Rows are positioned relative to a nearby row, because far down the absolute pixels exceed the browser's limits. */
const ANCHOR_ROWS = 1_000

/**
 * Shows any number of rows of equal height. The rows are in a sticky element inside the scrolled spacer: while the
 * browser scrolls ahead of the script the old rows stay visible, so the list never shows blank space.
 */
export function VirtualRows(props: VirtualRowsProps) {
  const { count, rowHeight = 28, headerHeight = 0, initialRow = 0, onVisible } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const [scrollTop, setScrollTop] = useState(0)
  const geometry: ScrollGeometry = { count, rowHeight, viewport: Math.max(0, height - headerHeight) }
  const contentTop = contentTopAt(geometry, scrollTop)
  const { first, last } = visibleRows(geometry, contentTop)

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => setHeight(element.clientHeight)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])

  // Restores the scroll position once, when the height is known.
  const restored = useRef(false)
  useLayoutEffect(() => {
    const element = scroller.current
    if (restored.current || element === null || height === 0 || count === 0) return
    restored.current = true
    element.scrollTop = scrollTopFor(geometry, initialRow * rowHeight)
    setScrollTop(element.scrollTop)
  })

  useLayoutEffect(() => {
    if (last >= first && (restored.current || initialRow === 0)) onVisible?.(first, last)
  }, [first, last, onVisible, initialRow])

  useImperativeHandle(props.handle, () => ({
    showRow(row) {
      const element = scroller.current
      if (element === null) return
      const from = contentTopAt(geometry, element.scrollTop)
      const to = contentTopShowing(geometry, from, row)
      if (to !== from) element.scrollTop = scrollTopFor(geometry, to)
    },
    pageRows: () => Math.max(1, Math.floor(geometry.viewport / rowHeight) - 1),
    focus: () => scroller.current?.focus(),
  }))

  const { renderRow } = props
  const from = Math.max(0, first - OVERSCAN)
  const to = Math.min(count - 1, last + OVERSCAN)
  const anchor = Math.floor(from / ANCHOR_ROWS) * ANCHOR_ROWS
  // The elements of a row that leaves the view are reused for one that enters it.
  const slots = Math.ceil(geometry.viewport / rowHeight) + 2 * OVERSCAN + 1
  // Scrolling moves the element with the rows; rows are rendered only when others become visible.
  const rows = useMemo(
    () =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
        const row = from + index
        return (
          <div
            key={row % slots}
            role="presentation"
            className="ui-virtual-row"
            style={{ height: rowHeight, top: (row - anchor) * rowHeight }}
          >
            {renderRow(row)}
          </div>
        )
      }),
    [from, to, anchor, slots, rowHeight, renderRow],
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is the caller's, and always one that takes keys
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: as above, so that it supports them
    <div
      ref={scroller}
      className={`ui-virtual ${props.className ?? ''}`}
      role={props.role ?? 'table'}
      aria-label={props.label}
      aria-rowcount={props.rowCount}
      aria-colcount={props.columnCount}
      aria-activedescendant={props.activeId}
      aria-multiselectable={props.multiselectable}
      tabIndex={0}
      onKeyDown={props.onKeyDown}
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop
        flushSync(() => setScrollTop(top))
      }}
    >
      <div
        role="presentation"
        className="ui-virtual-spacer"
        style={{ height: spacerHeight(geometry) + headerHeight, minWidth: props.contentWidth }}
      >
        {props.header !== undefined && (
          <div role="rowgroup" className="ui-virtual-header" style={{ height: headerHeight }}>
            {props.header}
          </div>
        )}
        <div
          role={props.role === 'listbox' || props.role === 'tree' ? 'presentation' : 'rowgroup'}
          className="ui-virtual-window"
          style={{ top: headerHeight, height: Math.min(geometry.viewport, count * rowHeight) }}
        >
          <div role="presentation" className="ui-virtual-sheet" style={{ transform: `translateY(${anchor * rowHeight - contentTop}px)` }}>
            {rows}
          </div>
        </div>
      </div>
    </div>
  )
}
