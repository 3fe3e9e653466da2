import { Boxes, FileUp } from 'lucide-react'
import { useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { Screen } from '../../frame/Screen.tsx'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { countOf, formatCount, shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { relationCounts } from './relation-counts.ts'
import { TableMark } from './TableMark.tsx'
import { MODEL_FILTERS, type ModelFilter, useModelSearch } from './use-model-search.ts'

const OWNERSHIP_LABEL: Record<TableDefinition['ownership'], string> = {
  UserOwned: 'User or team',
  OrganizationOwned: 'Organization',
  BusinessOwned: 'Business unit',
  None: 'None',
}

export function TableList() {
  const view = useStore(viewStore)
  const model = useStoreState(modelStore, (state) => state.model)
  const counts = useStoreState(modelStore, (state) => state.counts)
  const { search, setSearch, filter, setFilter, found } = useModelSearch()
  const place = useListPlace('tables')
  const relations = useMemo(() => relationCounts(model?.relationships ?? []), [model])

  const columns: RowGridColumn<TableDefinition>[] = [
    {
      key: 'name',
      label: 'Table',
      width: 'minmax(160px, 2fr)',
      render: (table) => (
        <span className="model-name" title={table.displayName ?? table.logicalName}>
          <span className="ui-clip">{shortenMiddle(table.displayName ?? table.logicalName, 60)}</span>
          <TableMark {...table} />
        </span>
      ),
    },
    {
      key: 'logical',
      label: 'Logical name',
      width: 'minmax(110px, 1.4fr)',
      render: (table) => (
        <span className="ui-mono ui-muted" title={table.logicalName}>
          {shortenMiddle(table.logicalName, 40)}
        </span>
      ),
    },
    { key: 'ownership', label: 'Ownership', width: 'minmax(90px, 1fr)', render: (table) => OWNERSHIP_LABEL[table.ownership] },
    { key: 'columns', label: 'Columns', width: '76px', align: 'end', render: (table) => formatCount(table.columns.length) },
    {
      key: 'children',
      label: 'As parent',
      width: '80px',
      align: 'end',
      render: (table) => formatCount(relations.asParent[table.logicalName] ?? 0),
    },
    {
      key: 'parents',
      label: 'As child',
      width: '76px',
      align: 'end',
      render: (table) => formatCount(relations.asChild[table.logicalName] ?? 0),
    },
    { key: 'records', label: 'Records', width: '96px', align: 'end', render: (table) => formatCount(counts[table.logicalName] ?? 0) },
  ]
  const dataRelationships = model?.relationships.filter((relationship) => relationship.kind === 'data').length ?? 0
  return (
    <Screen
      fills
      title="Model"
      sentence={`${countOf(model?.tables.length ?? 0, 'table')} and ${countOf(dataRelationships, 'relationship')}. Open a table to see how each action flows to its children.`}
      actions={
        <Button icon={<FileUp size={15} />} onClick={() => view.getState().go({ screen: 'import' })}>
          Import a solution
        </Button>
      }
    >
      <div className="model-toolbar">
        <SearchField label="Search tables" value={search} onChange={setSearch} />
        <Select label="Which tables" value={filter} options={MODEL_FILTERS} onChange={(next: ModelFilter) => setFilter(next)} />
        <span className="ui-muted" role="status">
          {countOf(found.length, 'table')}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState icon={<Boxes size={28} />} title={model?.tables.length === 0 ? 'No tables yet' : 'No table matches'}>
          {model?.tables.length === 0
            ? 'Import a solution to bring its tables and relationships here.'
            : 'Try a part of the display name or the logical name.'}
        </EmptyState>
      ) : (
        <div className="model-list">
          <RowGrid
            label="Tables"
            minWidth={720}
            columns={columns}
            count={found.length}
            itemAt={(row) => found[row]}
            {...place}
            onOpen={(table) => view.getState().go({ screen: 'model', table: table.logicalName, relationship: null })}
          />
        </div>
      )}
    </Screen>
  )
}
