import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { contentTopAt, contentTopShowing, type ScrollGeometry, scrollTopFor, spacerHeight, visibleRows } from './scroll-scale.ts'

export interface VirtualRowsHandle {
  /** Scrolls as little as needed. */
  showRow(row: number): void
  /** Rows that fit, for PageUp and PageDown. */
  pageRows(): number
  focus(): void
}

interface VirtualRowsProps {
  count: number
  rowHeight?: number
  /** Everything about one row; `style` places it. */
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
  role?: 'grid' | 'listbox' | 'table'
  label: string
  rowCount?: number
  columnCount?: number
  activeId?: string | undefined
  multiselectable?: boolean
}

const OVERSCAN = 6

/**
 * Rows of equal height, any number of them. The rows live in a sticky window inside the scrolled spacer: while the
 * browser scrolls ahead of the script the old rows stay in view, so the list never shows blank space.
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

  // Once, when the height is known: back to where the reader was.
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

  const rows = []
  for (let row = Math.max(0, first - OVERSCAN); row <= Math.min(count - 1, last + OVERSCAN); row += 1) {
    rows.push(
      <div
        key={row}
        role="presentation"
        className="ui-virtual-row"
        style={{ height: rowHeight, transform: `translateY(${row * rowHeight - contentTop}px)` }}
      >
        {props.renderRow(row)}
      </div>,
    )
  }
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
          role={props.role === 'listbox' ? 'presentation' : 'rowgroup'}
          className="ui-virtual-window"
          style={{ top: headerHeight, height: Math.min(geometry.viewport, count * rowHeight) }}
        >
          {rows}
        </div>
      </div>
    </div>
  )
}
