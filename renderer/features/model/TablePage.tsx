import { Tabs } from '@base-ui/react/tabs'
import { Blocks, Table2 } from 'lucide-react'
import { useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { Screen } from '../../frame/Screen.tsx'
import { useCount } from '../../frame/stores/counts.ts'
import type { ModelTab as Tab } from '../../frame/stores/model.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ColumnList } from './ColumnList.tsx'
import { ManyToManyList } from './ManyToManyList.tsx'
import { ProcessList } from './ProcessList.tsx'
import { RelationshipList } from './RelationshipList.tsx'
import { RelationshipPanel } from './RelationshipPanel.tsx'
import { processesStore } from './stores/processes.ts'
import { TableMark } from './TableMark.tsx'
import { modelText } from './texts.ts'

const { table: text } = modelText

export function TablePage({ table, relationship }: { table: TableDefinition; relationship: string | null }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const model = useStore(modelStore)
  const definition = useStoreState(modelStore, (state) => state.model)
  const count = useCount(table.logicalName) ?? 0
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
  const everyProcess = useStoreState(processesStore, (state) => state.processes)
  const processError = useStoreState(processesStore, (state) => state.error)
  const processes = useMemo(
    () => everyProcess.filter((process) => process.table === null || process.table === table.logicalName),
    [everyProcess, table],
  )
  const { go } = view.getState()
  const tabs: [Tab, number][] = [
    ['children', asParent.length],
    ['parents', asChild.length],
    ['columns', table.columns.length],
    ['manyToMany', manyToMany.length],
    ['processes', processes.length],
  ]
  const openRelationship = (schemaName: string) => go({ screen: 'model', table: table.logicalName, relationship: schemaName })
  return (
    <Screen
      fills
      title={
        <>
          <button type="button" className="ui-crumb" onClick={() => go({ screen: 'model', table: null, relationship: null })}>
            {say(modelText.title)}
          </button>
          <span className="ui-muted" aria-hidden>
            /
          </span>
          {table.displayName ?? table.logicalName}
          <TableMark {...table} />
          {table.mergeable && <Badge hint={say(text.mergeableHint)}>{say(text.mergeable)}</Badge>}
          {table.isActivity && <Badge>{say(text.activity)}</Badge>}
        </>
      }
      sentence={
        <>
          <Text
            of={text.owned[table.ownership]({ table: table.logicalName })}
            tags={{ name: (inside) => <span className="ui-mono">{inside}</span> }}
          />
          {table.origin === 'stub' && table.originNote !== null && <> {say(text.isStub({ reason: table.originNote }))}</>}
        </>
      }
      actions={
        <>
          <Button
            icon={<Blocks size={15} />}
            onClick={() => go({ screen: 'plugins', part: 'order', table: table.logicalName, message: null })}
          >
            {say(text.order)}
          </Button>
          <Button icon={<Table2 size={15} />} onClick={() => go({ screen: 'records', table: table.logicalName, recordId: null })}>
            {say(text.openRecords({ count }))}
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
        <Tabs.List className="ui-tabs model-tab-list" aria-label={say(text.parts)}>
          {tabs.map(([value, total]) => (
            <Tabs.Tab key={value} value={value} className="ui-tab">
              {say(text.part[value]({ count: total }))}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="children" className="model-tab-panel" tabIndex={-1}>
          <RelationshipList
            list={`children:${table.logicalName}`}
            relationships={asParent}
            other="referencing"
            current={relationship}
            onOpen={openRelationship}
          />
        </Tabs.Panel>
        <Tabs.Panel value="parents" className="model-tab-panel" tabIndex={-1}>
          <RelationshipList
            list={`parents:${table.logicalName}`}
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
        <Tabs.Panel value="processes" className="model-tab-panel" tabIndex={-1}>
          <ProcessList processes={processes} error={processError} />
        </Tabs.Panel>
      </Tabs.Root>
    </Screen>
  )
}
