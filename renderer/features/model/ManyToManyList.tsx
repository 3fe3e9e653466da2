import { Network } from 'lucide-react'
import type { ManyToManyDefinition, TableDefinition } from '#engine/contract/tables'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'

export function ManyToManyList({ table, relationships }: { table: TableDefinition; relationships: ManyToManyDefinition[] }) {
  const view = useStore(viewStore)
  const place = useListPlace(`many to many of ${table.logicalName}`)
  const otherOf = ({ firstTable, secondTable }: ManyToManyDefinition): string =>
    firstTable === table.logicalName ? secondTable : firstTable
  if (relationships.length === 0) {
    return (
      <EmptyState icon={<Network size={28} />} title="No N:N relationships">
        N:N relationships have no cascade settings; their links go with a deleted row.
      </EmptyState>
    )
  }
  const columns: RowGridColumn<ManyToManyDefinition>[] = [
    { key: 'other', label: 'Other table', width: 'minmax(120px, 1fr)', render: otherOf },
    {
      key: 'name',
      label: 'Relationship',
      width: 'minmax(160px, 2fr)',
      render: ({ schemaName }) => <span title={schemaName}>{schemaName}</span>,
    },
    {
      key: 'intersect',
      label: 'Intersect table',
      width: 'minmax(140px, 1.5fr)',
      render: ({ intersectTable }) => <span className="ui-mono ui-muted">{intersectTable}</span>,
    },
  ]
  return (
    <RowGrid
      label="N:N relationships"
      columns={columns}
      count={relationships.length}
      itemAt={(row) => relationships[row]}
      {...place}
      onOpen={(relationship) => view.getState().go({ screen: 'model', table: otherOf(relationship), relationship: null })}
    />
  )
}
