import { Tabs } from '@base-ui/react/tabs'
import { Blocks, Table2 } from 'lucide-react'
import { useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { Screen } from '../../frame/Screen.tsx'
import type { ModelTab as Tab } from '../../frame/stores/model.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { ColumnList } from './ColumnList.tsx'
import { ManyToManyList } from './ManyToManyList.tsx'
import { RelationshipList } from './RelationshipList.tsx'
import { RelationshipPanel } from './RelationshipPanel.tsx'
import { TableMark } from './TableMark.tsx'

export function TablePage({ table, relationship }: { table: TableDefinition; relationship: string | null }) {
  const view = useStore(viewStore)
  const model = useStore(modelStore)
  const definition = useStoreState(modelStore, (state) => state.model)
  const count = useStoreState(modelStore, (state) => state.counts[table.logicalName] ?? 0)
  const tab = useStoreState(modelStore, (state) => state.tab)
  const opened = useStoreState(modelStore, (state) => (relationship === null ? undefined : state.relationships.get(relationship)))
  const { asParent, asChild, manyToMany } = useMemo(() => {
    const relationships = definition?.relationships ?? []
    return {
      asParent: relationships.filter((other) => other.referenced === table.logicalName),
      asChild: relationships.filter((other) => other.referencing === table.logicalName),
      manyToMany: (definition?.manyToMany ?? []).filter(
        (other) => other.firstTable === table.logicalName || other.secondTable === table.logicalName,
      ),
    }
  }, [definition, table])
  const { go } = view.getState()
  const tabs: [Tab, string, number][] = [
    ['children', 'As parent', asParent.length],
    ['parents', 'As child', asChild.length],
    ['columns', 'Columns', table.columns.length],
    ['manyToMany', 'N:N', manyToMany.length],
  ]
  const openRelationship = (schemaName: string) => go({ screen: 'model', table: table.logicalName, relationship: schemaName })
  return (
    <Screen
      fills
      title={
        <>
          <button type="button" className="ui-crumb" onClick={() => go({ screen: 'model', table: null, relationship: null })}>
            Model
          </button>
          <span className="ui-muted" aria-hidden>
            /
          </span>
          {table.displayName ?? table.logicalName}
          <TableMark {...table} />
          {table.mergeable && <Badge hint="Two rows of this table can be merged.">mergeable</Badge>}
          {table.isActivity && <Badge>activity</Badge>}
        </>
      }
      sentence={
        <>
          <span className="ui-mono">{table.logicalName}</span>, {ownershipSentence(table)}
          {table.origin === 'stub' && table.originNote !== null && <> It is a stub: {table.originNote}</>}
        </>
      }
      actions={
        <>
          <Button
            icon={<Blocks size={15} />}
            onClick={() => go({ screen: 'plugins', part: 'order', table: table.logicalName, message: null })}
          >
            Order of execution
          </Button>
          <Button icon={<Table2 size={15} />} onClick={() => go({ screen: 'records', table: table.logicalName, recordId: null })}>
            Open {countOf(count, 'record')}
          </Button>
        </>
      }
      side={
        opened === undefined ? null : (
          <RelationshipPanel
            key={opened.schemaName}
            relationship={opened}
            onClose={() => go({ screen: 'model', table: table.logicalName, relationship: null })}
          />
        )
      }
    >
      <Tabs.Root className="model-tabs" value={tab} onValueChange={(value: Tab) => model.getState().chooseTab(value)}>
        <Tabs.List className="ui-tabs model-tab-list" aria-label="Parts of the table">
          {tabs.map(([value, label, total]) => (
            <Tabs.Tab key={value} value={value} className="ui-tab">
              {label} {formatCount(total)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="children" className="model-tab-panel" tabIndex={-1}>
          <RelationshipList
            list={`children of ${table.logicalName}`}
            relationships={asParent}
            other="referencing"
            current={relationship}
            onOpen={openRelationship}
          />
        </Tabs.Panel>
        <Tabs.Panel value="parents" className="model-tab-panel" tabIndex={-1}>
          <RelationshipList
            list={`parents of ${table.logicalName}`}
            relationships={asChild}
            other="referenced"
            current={relationship}
            onOpen={openRelationship}
          />
        </Tabs.Panel>
        <Tabs.Panel value="columns" className="model-tab-panel" tabIndex={-1}>
          <ColumnList table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="manyToMany" className="model-tab-panel" tabIndex={-1}>
          <ManyToManyList table={table} relationships={manyToMany} />
        </Tabs.Panel>
      </Tabs.Root>
    </Screen>
  )
}

function ownershipSentence({ ownership }: TableDefinition): string {
  switch (ownership) {
    case 'UserOwned':
      return 'owned by a user or team.'
    case 'OrganizationOwned':
      return 'owned by the organization: it has no owner, and assign and share pass it by.'
    case 'BusinessOwned':
      return 'owned by a business unit.'
    case 'None':
      return 'without an owner.'
  }
}
