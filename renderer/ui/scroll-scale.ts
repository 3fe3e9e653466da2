/**
 * Browsers cap the height of an element (Chromium near 33.5 million pixels, Firefox near 17.8), so a list taller than
 * `MAX_SPACER` scrolls over a shorter spacer and its positions are stretched. Below that height nothing is scaled.
 */
export const MAX_SPACER = 15_000_000

export interface ScrollGeometry {
  count: number
  rowHeight: number
  /** Height of the visible part, without the header. */
  viewport: number
}

const contentHeight = ({ count, rowHeight }: ScrollGeometry): number => count * rowHeight

export const spacerHeight = (geometry: ScrollGeometry): number => Math.min(contentHeight(geometry), MAX_SPACER)

/** Returns the content pixels for one pixel of the scroll bar. */
function stretch(geometry: ScrollGeometry): number {
  const spacer = spacerHeight(geometry)
  const travel = spacer - geometry.viewport
  return travel <= 0 ? 1 : (contentHeight(geometry) - geometry.viewport) / travel
}

/** Returns the top of the visible content for a position of the scroll bar. */
export const contentTopAt = (geometry: ScrollGeometry, scrollTop: number): number => scrollTop * stretch(geometry)

/** Returns the scroll bar's position that shows the content from `contentTop` on. */
export const scrollTopFor = (geometry: ScrollGeometry, contentTop: number): number => contentTop / stretch(geometry)

/** Returns the first and last row that are at least partly visible; `last` is -1 if there are none. */
export function visibleRows(geometry: ScrollGeometry, contentTop: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(contentTop / geometry.rowHeight))
  const last = Math.min(geometry.count - 1, Math.floor((contentTop + geometry.viewport - 1) / geometry.rowHeight))
  return { first, last }
}

/** Returns the nearest `contentTop` that shows a whole row; the same one if it is visible already. */
export function contentTopShowing(geometry: ScrollGeometry, contentTop: number, row: number): number {
  const top = row * geometry.rowHeight
  if (top < contentTop) return top
  const bottom = top + geometry.rowHeight
  return bottom > contentTop + geometry.viewport ? bottom - geometry.viewport : contentTop
}
