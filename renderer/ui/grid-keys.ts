export interface GridPosition {
  row: number
  column: number
}

export interface GridSize {
  rows: number
  columns: number
  /** Rows that PageUp and PageDown move by. */
  pageRows: number
}

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))

/** Returns the cell that a key leads to, or null if the grid does not handle it. Home and End move in the row, with Ctrl in the whole grid. */
export function moveByKey(
  key: string,
  withCtrl: boolean,
  { row, column }: GridPosition,
  { rows, columns, pageRows }: GridSize,
): GridPosition | null {
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1, rows), column }
    case 'ArrowDown':
      return { row: within(row + 1, rows), column }
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns) }
    case 'ArrowRight':
      return { row, column: within(column + 1, columns) }
    case 'PageUp':
      return { row: within(row - pageRows, rows), column }
    case 'PageDown':
      return { row: within(row + pageRows, rows), column }
    case 'Home':
      return withCtrl || columns === 1 ? { row: 0, column: 0 } : { row, column: 0 }
    case 'End':
      return withCtrl || columns === 1
        ? { row: within(rows - 1, rows), column: within(columns - 1, columns) }
        : { row, column: within(columns - 1, columns) }
    default:
      return null
  }
}
