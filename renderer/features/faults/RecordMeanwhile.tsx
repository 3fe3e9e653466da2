import { useCallback, useState } from 'react'
import type { LookupValue, RecordRef } from '#engine/contract/records'
import { searchedTables } from '../../frame/searched-tables.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStores } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { shortId } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { faultsText } from './texts.ts'

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
  const stores = useStores()
  const view = useStore(viewStore)
  const [chosen, setChosen] = useState<FoundRecord | null>(null)
  const find = useCallback(
    async (search: string) => {
      const found = await stores.get(recordLookup).findTargets(await searchedTables(stores), search)
      return found.slice(0, 60).map(asItem)
    },
    [stores],
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
