import './records.css'
import { Rows3, Table2 } from 'lucide-react'
import { verbatim } from '#text/english/verbatim'
import { type Feature, goTo, type PaletteResult } from '../../frame/feature.ts'
import { searchedTables } from '../../frame/searched-tables.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import type { Stores } from '../../frame/stores-context.ts'
import { shortId } from '../../ui/format.ts'
import { CreateRecordDialog } from './CreateRecordDialog.tsx'
import { RecordsScreen } from './RecordsScreen.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

/** The records of a table in a grid, and one of them in the side panel. */
export const records = {
  name: 'records',
  stores: [recordsStore, openRecordStore],
  screens: { records: RecordsScreen },
  navigation: { screen: 'records', label: recordText.title, icon: Table2 },
  dialogs: { createRecord: CreateRecordDialog },
  commands: [goTo(recordText.goTo, { screen: 'records', table: null, recordId: null })],
  search: { over: [modelStore], ask: findRecords },
} satisfies Feature

const SHOWN = 12

async function findRecords(search: string, stores: Stores): Promise<PaletteResult[]> {
  const found = await stores.get(recordLookup).findTargets(await searchedTables(stores), search)
  return found.slice(0, SHOWN).map(({ table, id, name }) => ({
    key: `record ${id}`,
    group: recordText.title,
    icon: Rows3,
    hint: verbatim.text({ text: `${table} · ${shortId(id)}` }),
    ...goTo(verbatim.text({ text: name ?? shortId(id) }), { screen: 'records', table, recordId: id }),
  }))
}
