import { Check } from 'lucide-react'
import { memo } from 'react'
import type { RecordRow } from '#engine/contract/records'
import type { ColumnDefinition } from '#engine/contract/tables'
import { cellText } from '../../frame/cell-text.ts'
import { isNumber } from '../../frame/columns.ts'
import { useWords } from '../../text/words.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { recordText } from './texts.ts'

interface GridRowProps {
  id: string
  row: number
  record: RecordRow | undefined
  columns: ColumnDefinition[]
  template: string
  activeColumn: number | null
  isOpen: boolean
  isSelected: boolean
  onToggle: (record: RecordRow) => void
  onOpen: (row: number, column: number) => void
}

/** A row of the grid. The grid has the focus and handles keys; rows and cells handle the pointer only. */
export const GridRow = memo(function GridRow({
  id,
  row,
  record,
  columns,
  template,
  activeColumn,
  isOpen,
  isSelected,
  onToggle,
  onOpen,
}: GridRowProps) {
  const words = useWords()
  const { say } = words
  const classes = [
    'records-row',
    isOpen && 'records-row-open',
    isSelected && 'records-row-selected',
    activeColumn !== null && 'records-row-active',
  ]
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant of the grid
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      className={classes.filter(Boolean).join(' ')}
      style={{ gridTemplateColumns: template }}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space in the grid does the same */}
      <div
        role="gridcell"
        aria-colindex={1}
        className="records-select"
        aria-label={say(isSelected ? recordText.grid.selected : recordText.grid.notSelected)}
        onClick={() => record !== undefined && onToggle(record)}
      >
        <span className="records-select-box">{isSelected && <Check size={12} strokeWidth={3} />}</span>
      </div>
      {columns.map((column, index) => {
        const text = record === undefined ? null : cellText(words, column, record.values[column.logicalName])
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the grid does the same
          <div
            key={column.logicalName}
            role="gridcell"
            id={`${id}-${row}-${index}`}
            aria-colindex={index + 2}
            className={`records-cell${isNumber(column.type) ? ' ui-number' : ''}${index === activeColumn ? ' records-cell-active' : ''}`}
            title={text !== null && text.length > 14 ? text : undefined}
            onClick={() => onOpen(row, index)}
          >
            {text ?? <Skeleton width={`${40 + (((row + index) * 37) % 45)}%`} />}
          </div>
        )
      })}
    </div>
  )
})
