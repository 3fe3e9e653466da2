import { Columns3 } from 'lucide-react'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { countOf, shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'

export function ColumnList({ table }: { table: TableDefinition }) {
  const place = useListPlace(`columns of ${table.logicalName}`)
  if (table.columns.length === 0) {
    return (
      <EmptyState icon={<Columns3 size={28} />} title="No columns known">
        {table.originNote ?? 'The source names this table without its columns.'}
      </EmptyState>
    )
  }
  const columns: RowGridColumn<ColumnDefinition>[] = [
    {
      key: 'name',
      label: 'Column',
      width: 'minmax(140px, 1.5fr)',
      render: (column) => (
        <span className="model-name" title={column.displayName ?? column.logicalName}>
          <span className="ui-clip">{shortenMiddle(column.displayName ?? column.logicalName, 60)}</span>
          {column.logicalName === table.primaryId && <Badge>primary key</Badge>}
          {column.logicalName === table.primaryName && <Badge>primary name</Badge>}
        </span>
      ),
    },
    {
      key: 'logical',
      label: 'Logical name',
      width: 'minmax(120px, 1.3fr)',
      render: (column) => <span className="ui-mono ui-muted">{column.logicalName}</span>,
    },
    {
      key: 'type',
      label: 'Type',
      width: 'minmax(110px, 1fr)',
      render: (column) => <span title={column.sourceType ?? undefined}>{column.type}</span>,
    },
    { key: 'required', label: 'Required', width: '84px', render: (column) => (column.required ? 'required' : '') },
    {
      key: 'options',
      label: 'Choices',
      width: 'minmax(100px, 1.5fr)',
      render: ({ options }) =>
        options.length === 0 ? (
          ''
        ) : (
          <span title={options.map((option) => `${option.value} ${option.label ?? ''}`).join('\n')}>
            {countOf(options.length, 'choice')}: {options.map((option) => option.label ?? option.value).join(', ')}
          </span>
        ),
    },
  ]
  return (
    <RowGrid
      label="Columns"
      minWidth={680}
      columns={columns}
      count={table.columns.length}
      itemAt={(row) => table.columns[row]}
      {...place}
    />
  )
}
