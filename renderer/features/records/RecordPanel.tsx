import { Tabs } from '@base-ui/react/tabs'
import { Combine, Pencil, Trash2, UserRoundPen } from 'lucide-react'
import type { TableDefinition } from '#engine/contract/tables'
import { rowName } from '../../frame/cell-text.ts'
import { type RecordPart, useFeatures } from '../../frame/feature.ts'
import { NotFound } from '../../frame/NotFound.tsx'
import { SidePanel } from '../../frame/Screen.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Guid } from '../../ui/Guid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { ChildrenList } from './ChildrenList.tsx'
import { FieldList } from './FieldList.tsx'
import { RecordForm } from './RecordForm.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordText } from './texts.ts'

/** The record's own fields, or what a feature adds to the panel. */
type Part = 'fields' | RecordPart['part']
const { panel: text } = recordText

interface RecordPanelProps {
  table: TableDefinition
  id: string
  part: Part
}

/** Shows the open record: fields, children, plug-in steps that ran on it, and actions. */
export function RecordPanel({ table, id, part }: RecordPanelProps) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const openRecord = useStore(openRecordStore)
  const row = useStoreState(openRecordStore, (state) => state.row)
  const error = useStoreState(openRecordStore, (state) => state.error)
  const editing = useStoreState(openRecordStore, (state) => state.draft !== null)
  const record = { table: table.logicalName, id }
  const parts = useFeatures().flatMap(({ recordPart }) => recordPart ?? [])
  const { openDialog, go } = view.getState()
  const showPart = (next: Part) =>
    go({ screen: 'records', table: table.logicalName, recordId: id, ...(next !== 'fields' && { part: next }) })
  const title = row === null || row.id !== id ? (table.displayName ?? table.logicalName) : rowName(table, row)
  return (
    <SidePanel
      label={say(text.label({ record: title }))}
      title={title}
      onClose={() => go({ screen: 'records', table: table.logicalName, recordId: null })}
      actions={
        <>
          <Button
            icon={<UserRoundPen size={14} />}
            disabled={table.ownership !== 'UserOwned'}
            title={table.ownership === 'UserOwned' ? undefined : say(text.noOwner)}
            onClick={() => openDialog({ kind: 'assign', record })}
          >
            {say(recordText.assign)}
          </Button>
          <Button icon={<Trash2 size={14} />} onClick={() => openDialog({ kind: 'delete', record })}>
            {say(recordText.delete)}
          </Button>
          {table.mergeable && (
            <Button icon={<Combine size={14} />} onClick={() => openDialog({ kind: 'merge', first: record, second: null })}>
              {say(recordText.merge)}
            </Button>
          )}
          {!editing && (
            <Button
              icon={<Pencil size={14} />}
              disabled={row === null}
              onClick={() => {
                showPart('fields')
                openRecord.getState().edit()
              }}
            >
              {say(text.edit)}
            </Button>
          )}
        </>
      }
    >
      {error?.code === 'RECORD_NOT_FOUND' && <NotFound what="record" />}
      {error !== null && error.code !== 'RECORD_NOT_FOUND' && part === 'fields' && (
        <ErrorNotice
          error={error}
          title={say(text.notRead)}
          action={<Button onClick={() => void openRecord.getState().reload()}>{say(recordText.tryAgain)}</Button>}
        />
      )}
      <Tabs.Root value={part} onValueChange={(next: Part) => showPart(next)}>
        <Tabs.List className="ui-tabs records-parts" aria-label={say(text.parts)}>
          <Tabs.Tab value="fields" className="ui-tab">
            {say(text.fields)}
          </Tabs.Tab>
          {parts.map((added) => (
            <Tabs.Tab key={added.part} value={added.part} className="ui-tab">
              {say(added.label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="fields" tabIndex={-1}>
          <RecordFields table={table} id={id} />
        </Tabs.Panel>
        {parts.map((added) => (
          <Tabs.Panel key={added.part} value={added.part} tabIndex={-1}>
            <added.component key={id} record={{ ...record, name: row?.id === id ? rowName(table, row) : null }} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </SidePanel>
  )
}

function RecordFields({ table, id }: { table: TableDefinition; id: string }) {
  const { say } = useWords()
  const row = useStoreState(openRecordStore, (state) => (state.row?.id === id ? state.row : null))
  const error = useStoreState(openRecordStore, (state) => state.error)
  const editing = useStoreState(openRecordStore, (state) => state.draft !== null)
  if (row === null) return error === null ? <SkeletonLines lines={10} label={say(text.loading)} /> : null
  return (
    <>
      <p className="records-id">
        {table.displayName ?? table.logicalName} <Guid value={id} />
      </p>
      {editing ? <RecordForm table={table} row={row} /> : <FieldList table={table} row={row} />}
      {!editing && <ChildrenList record={{ table: table.logicalName, id }} />}
    </>
  )
}
