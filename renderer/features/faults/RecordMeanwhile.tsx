import { useCallback, useState } from 'react'
import type { LookupValue, RecordRef } from '#engine/contract/records'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { shortId } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { faultsText } from './texts.ts'

/** Number of tables to search, those with most rows first, because searching all tables of a large model takes too long. */
const SEARCHED_TABLES = 12

const { record: text } = faultsText

interface FoundRecord extends FoundItem {
  record: LookupValue
}

const asItem = (record: LookupValue): FoundRecord => ({
  key: record.id,
  label: record.name ?? shortId(record.id),
  description: record.table,
  record,
})

/** Controls to change or delete a record as a user would while a job runs. */
export function RecordMeanwhile() {
  const { say } = useWords()
  const lookup = useStore(recordLookup)
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStoreState(modelStore, (state) => state.counts)
  const [chosen, setChosen] = useState<FoundRecord | null>(null)
  const find = useCallback(
    async (search: string) => {
      const searched = [...tables.values()]
        .filter((table) => table.primaryName !== null && (counts[table.logicalName] ?? 0) > 0)
        .sort((a, b) => (counts[b.logicalName] ?? 0) - (counts[a.logicalName] ?? 0))
        .slice(0, SEARCHED_TABLES)
        .map((table) => table.logicalName)
      return (await lookup.findTargets(searched, search)).slice(0, 60).map(asItem)
    },
    [tables, counts, lookup],
  )
  const record: RecordRef | null = chosen === null ? null : { table: chosen.record.table, id: chosen.record.id }
  const { openDialog, go } = view.getState()
  return (
    <section className="faults-section" aria-label={say(text.heading)}>
      <p className="faults-title">{say(text.heading)}</p>
      <p className="ui-muted">{say(text.explanation)}</p>
      <SearchSelect label={say(text.record)} placeholder={say(text.find)} value={chosen} find={find} onChange={setChosen} />
      <div className="faults-buttons">
        <Button
          disabled={record === null}
          onClick={() => record !== null && go({ screen: 'records', table: record.table, recordId: record.id })}
        >
          {say(text.open)}
        </Button>
        <Button disabled={record === null} onClick={() => record !== null && openDialog({ kind: 'assign', record })}>
          {say(text.assign)}
        </Button>
        <Button disabled={record === null} onClick={() => record !== null && openDialog({ kind: 'delete', record })}>
          {say(text.delete)}
        </Button>
      </div>
    </section>
  )
}
