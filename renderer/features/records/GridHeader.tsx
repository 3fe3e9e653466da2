import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { isNumber } from '../../frame/columns.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { ColumnResizer } from './ColumnResizer.tsx'
import { FilterPopover } from './FilterPopover.tsx'
import type { TableView } from './stores/records.ts'
import { recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

interface GridHeaderProps {
  table: TableDefinition
  columns: ColumnDefinition[]
  widths: number[]
  template: string
  view: TableView
}

export function GridHeader({ table, columns, widths, template, view }: GridHeaderProps) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const { changeQuery, changeView } = records.getState()
  const sortBy = (column: string) => {
    const { sort } = view
    if (sort?.column !== column) changeQuery({ sort: { column, direction: 'ascending' } })
    else changeQuery({ sort: sort.direction === 'ascending' ? { column, direction: 'descending' } : null })
  }
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and its keys
    <div role="row" aria-rowindex={1} className="records-header" style={{ gridTemplateColumns: template }}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="columnheader" aria-colindex={1}>
        <span className="ui-hidden">{say(recordText.grid.selectedColumn)}</span>
      </div>
      {columns.map((column, index) => {
        const { logicalName } = column
        const label = column.displayName ?? logicalName
        const direction = view.sort?.column === logicalName ? view.sort.direction : null
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={logicalName}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={direction ?? 'none'}
            className={isNumber(column.type) ? 'records-heading records-heading-number' : 'records-heading'}
          >
            <button type="button" className="records-sort" title={`${label} (${logicalName})`} onClick={() => sortBy(logicalName)}>
              <span className="ui-clip">{label}</span>
              {direction === 'ascending' && <ArrowUp size={12} aria-hidden />}
              {direction === 'descending' && <ArrowDown size={12} aria-hidden />}
            </button>
            <FilterPopover table={table} column={column} filters={view.filters} />
            <ColumnResizer
              label={label}
              width={widths[index] ?? 150}
              onResize={(width) => changeView({ widths: { ...view.widths, [logicalName]: width } })}
            />
          </div>
        )
      })}
    </div>
  )
}
