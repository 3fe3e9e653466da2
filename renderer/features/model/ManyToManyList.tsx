import { Network } from 'lucide-react'
import type { ManyToManyDefinition, TableDefinition } from '#engine/contract/tables'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords } from '../../text/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { modelText } from './texts.ts'

const { manyToMany: text } = modelText

export function ManyToManyList({ table, relationships }: { table: TableDefinition; relationships: ManyToManyDefinition[] }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const place = useListPlace(`many-to-many:${table.logicalName}`)
  const otherOf = ({ firstTable, secondTable }: ManyToManyDefinition): string =>
    firstTable === table.logicalName ? secondTable : firstTable
  if (relationships.length === 0) {
    return (
      <EmptyState icon={<Network size={28} />} title={say(text.none)}>
        {say(text.noneHint)}
      </EmptyState>
    )
  }
  const columns: RowGridColumn<ManyToManyDefinition>[] = [
    { key: 'other', label: say(text.other), width: 'minmax(120px, 1fr)', render: otherOf },
    {
      key: 'name',
      label: say(text.relationship),
      width: 'minmax(160px, 2fr)',
      render: ({ schemaName }) => <span title={schemaName}>{schemaName}</span>,
    },
    {
      key: 'intersect',
      label: say(text.intersect),
      width: 'minmax(140px, 1.5fr)',
      render: ({ intersectTable }) => <span className="ui-mono ui-muted">{intersectTable}</span>,
    },
  ]
  return (
    <RowGrid
      label={say(text.label)}
      columns={columns}
      count={relationships.length}
      itemAt={(row) => relationships[row]}
      {...place}
      onOpen={(relationship) => view.getState().go({ screen: 'model', table: otherOf(relationship), relationship: null })}
    />
  )
}
