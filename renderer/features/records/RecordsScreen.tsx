import { FileUp, Plus, Sparkles, Table2 } from 'lucide-react'
import { useEffect } from 'react'
import type { PlaceOf } from '../../frame/location.ts'
import { Screen } from '../../frame/Screen.tsx'
import { fullestTables, NO_TABLES, useCounts } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useShown } from '../../frame/stores/while-shown.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { GridToolbar } from './GridToolbar.tsx'
import { RecordGrid } from './RecordGrid.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordsStore } from './stores/records.ts'
import { TablePicker } from './TablePicker.tsx'
import { recordText } from './texts.ts'

export function RecordsScreen({ table, recordId, part }: PlaceOf<'records'>) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const openRecord = useStore(openRecordStore)
  const view = useStore(viewStore)
  useShown(recordsStore)
  useShown(openRecordStore)
  const definition = useStoreState(modelStore, (state) => (table === null ? undefined : state.tables.get(table)))
  const loaded = useStoreState(modelStore, (state) => state.model !== null)
  const counts = useCounts(table === null ? null : NO_TABLES)

  useEffect(() => {
    if (table !== null && definition !== undefined) records.getState().showTable(table)
  }, [records, table, definition])
  useEffect(() => {
    void openRecord.getState().open(table === null || recordId === null ? null : { table, id: recordId })
  }, [openRecord, table, recordId])

  // Without a table in the location: the last shown one, else the one with most rows.
  const shown = useStoreState(recordsStore, (state) => state.table)
  useEffect(() => {
    if (table !== null || !loaded) return
    const next = shown ?? (counts.account ? 'account' : (fullestTables(counts)[0] ?? Object.keys(counts)[0]))
    if (next !== undefined) view.getState().replace({ screen: 'records', table: next, recordId: null })
  }, [table, shown, loaded, counts, view])

  if (!loaded || (table === null && Object.keys(counts).length === 0)) {
    return (
      <Screen title={say(recordText.title)}>
        <SkeletonLines lines={14} label={say(recordText.loading)} />
      </Screen>
    )
  }
  if (table === null || definition === undefined) {
    return (
      <Screen title={say(recordText.title)} actions={<TablePicker table={table} />}>
        <EmptyState icon={<Table2 size={28} />} title={say(table === null ? recordText.noTables : recordText.unknownTable({ table }))}>
          {say(recordText.noTablesHint)}
        </EmptyState>
      </Screen>
    )
  }
  const { openDialog, go } = view.getState()
  return (
    <Screen
      fills
      title={
        <>
          <span className="ui-hidden">{say(recordText.titleBefore)}</span>
          <TablePicker table={table} />
        </>
      }
      actions={
        <>
          <Button icon={<Plus size={15} />} onClick={() => openDialog({ kind: 'createRecord', table })}>
            {say(recordText.newRecord)}
          </Button>
          <Button icon={<Sparkles size={15} />} onClick={() => openDialog({ kind: 'generate', table })}>
            {say(recordText.generate)}
          </Button>
          <Button icon={<FileUp size={15} />} onClick={() => go({ screen: 'import' })}>
            {say(recordText.import)}
          </Button>
        </>
      }
      side={recordId === null ? null : <RecordPanel table={definition} id={recordId} part={part ?? 'fields'} />}
    >
      <GridToolbar table={definition} />
      {shown === table && <RecordGrid key={table} table={definition} openId={recordId} />}
    </Screen>
  )
}
