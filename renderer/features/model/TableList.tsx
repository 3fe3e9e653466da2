import { Boxes, FileUp } from 'lucide-react'
import { useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { Screen } from '../../frame/Screen.tsx'
import { useCount } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { relationCounts } from './relation-counts.ts'
import { TableMark } from './TableMark.tsx'
import { modelText } from './texts.ts'
import { MODEL_FILTERS, type ModelFilter, useModelSearch } from './use-model-search.ts'

const { list: text } = modelText

export function TableList() {
  const { count, say } = useWords()
  const view = useStore(viewStore)
  const model = useStoreState(modelStore, (state) => state.model)
  const { search, setSearch, filter, setFilter, found } = useModelSearch()
  const place = useListPlace('tables')
  const relations = useMemo(() => relationCounts(model?.relationships ?? []), [model])

  const columns: RowGridColumn<TableDefinition>[] = [
    {
      key: 'name',
      label: say(text.table),
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
      label: say(text.logicalName),
      width: 'minmax(110px, 1.4fr)',
      render: (table) => (
        <span className="ui-mono ui-muted" title={table.logicalName}>
          {shortenMiddle(table.logicalName, 40)}
        </span>
      ),
    },
    {
      key: 'ownership',
      label: say(text.ownership),
      width: 'minmax(90px, 1fr)',
      render: (table) => say(modelText.ownership[table.ownership]),
    },
    { key: 'columns', label: say(text.columns), width: '76px', align: 'end', render: (table) => count(table.columns.length) },
    {
      key: 'children',
      label: say(text.asParent),
      width: '80px',
      align: 'end',
      render: (table) => count(relations.asParent[table.logicalName] ?? 0),
    },
    {
      key: 'parents',
      label: say(text.asChild),
      width: '76px',
      align: 'end',
      render: (table) => count(relations.asChild[table.logicalName] ?? 0),
    },
    { key: 'records', label: say(text.records), width: '96px', align: 'end', render: (table) => <RecordCount table={table.logicalName} /> },
  ]
  const dataRelationships = model?.relationships.filter((relationship) => relationship.kind === 'data').length ?? 0
  return (
    <Screen
      fills
      title={say(modelText.title)}
      sentence={say(modelText.sentence({ tables: model?.tables.length ?? 0, relationships: dataRelationships }))}
      actions={
        <Button icon={<FileUp size={15} />} onClick={() => view.getState().go({ screen: 'import' })}>
          {say(modelText.importSolution)}
        </Button>
      }
    >
      <div className="model-toolbar">
        <SearchField label={say(text.search)} value={search} onChange={setSearch} />
        <Select
          label={say(text.which)}
          value={filter}
          options={MODEL_FILTERS.map((value) => ({ value, label: say(modelText.filter[value]) }))}
          onChange={(next: ModelFilter) => setFilter(next)}
        />
        <span className="ui-muted" role="status">
          {say(text.found({ count: found.length }))}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState icon={<Boxes size={28} />} title={say(model?.tables.length === 0 ? text.none : text.noMatch)}>
          {say(model?.tables.length === 0 ? text.noneHint : text.noMatchHint)}
        </EmptyState>
      ) : (
        <div className="model-list">
          <RowGrid
            label={say(text.tables)}
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

/** Shows the number of records of a table. Rows out of sight ask for none. */
function RecordCount({ table }: { table: string }) {
  const { count } = useWords()
  return count(useCount(table) ?? 0)
}
