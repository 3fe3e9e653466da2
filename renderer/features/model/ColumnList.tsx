import { Columns3 } from 'lucide-react'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { isRequired } from '../../frame/columns.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { modelText } from './texts.ts'

const { columns: text } = modelText

export function ColumnList({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const place = useListPlace(`columns:${table.logicalName}`)
  if (table.columns.length === 0) {
    return (
      <EmptyState icon={<Columns3 size={28} />} title={say(text.none)}>
        {say(table.originNote ?? text.noneHint)}
      </EmptyState>
    )
  }
  const columns: RowGridColumn<ColumnDefinition>[] = [
    {
      key: 'name',
      label: say(text.column),
      width: 'minmax(140px, 1.5fr)',
      render: (column) => (
        <span className="model-name" title={column.displayName ?? column.logicalName}>
          <span className="ui-clip">{shortenMiddle(column.displayName ?? column.logicalName, 60)}</span>
          {column.logicalName === table.primaryId && <Badge>{say(text.primaryKey)}</Badge>}
          {column.logicalName === table.primaryName && <Badge>{say(text.primaryName)}</Badge>}
        </span>
      ),
    },
    {
      key: 'logical',
      label: say(text.logicalName),
      width: 'minmax(120px, 1.3fr)',
      render: (column) => <span className="ui-mono ui-muted">{column.logicalName}</span>,
    },
    {
      key: 'type',
      label: say(text.type),
      width: 'minmax(110px, 1fr)',
      render: (column) => <span title={column.sourceType ?? undefined}>{column.type}</span>,
    },
    {
      key: 'required',
      label: say(text.required),
      width: '84px',
      render: (column) => (isRequired(column) ? say(text.isRequired) : ''),
    },
    {
      key: 'options',
      label: say(text.choices),
      width: 'minmax(100px, 1.5fr)',
      render: ({ options }) =>
        options.length === 0 ? (
          ''
        ) : (
          <span title={options.map((option) => `${option.value} ${option.label ?? ''}`).join('\n')}>
            {say(text.listedChoices({ count: options.length, labels: options.map((option) => option.label ?? option.value).join(', ') }))}
          </span>
        ),
    },
  ]
  return (
    <RowGrid
      label={say(text.label)}
      minWidth={680}
      columns={columns}
      count={table.columns.length}
      itemAt={(row) => table.columns[row]}
      {...place}
    />
  )
}
