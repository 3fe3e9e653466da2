import { useCallback, useId } from 'react'
import type { LookupValue, RecordRef } from '#engine/contract/records'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import type { Side } from './merge-fields.ts'
import { cascadeText } from './texts.ts'

const { merge: text } = cascadeText

interface MergeRecordPickerProps {
  table: string
  first: RecordRef
  second: RecordRef | null
  names: Record<Side, string>
  primary: Side
  onSecond: (record: RecordRef) => void
  onPrimary: (side: Side) => void
}

const asItem = (row: LookupValue): FoundItem => ({ key: row.id, label: row.name ?? shortId(row.id), description: shortId(row.id) })

/** Lets the person choose the second record, and which of the two is the primary. */
export function MergeRecordPicker({ table, first, second, names, primary, onSecond, onPrimary }: MergeRecordPickerProps) {
  const { say } = useWords()
  const lookup = useStore(recordLookup)
  const group = useId()
  const find = useCallback(
    async (search: string) => (await lookup.findTargets([table], search)).filter((row) => row.id !== first.id).map(asItem),
    [lookup, table, first.id],
  )
  const radio = (side: Side) => (
    <label className="dialogs-primary">
      <input
        type="radio"
        name={group}
        checked={primary === side}
        disabled={side === 'second' && second === null}
        onChange={() => onPrimary(side)}
      />
      {say(text.primary)}
    </label>
  )
  return (
    <fieldset className="dialogs-merge-records">
      <legend className="ui-field-label">{say(text.records)}</legend>
      <div className="dialogs-merge-record">
        <span className="dialogs-merge-name">
          {names.first} <span className="ui-mono ui-muted">{shortId(first.id)}</span>
        </span>
        {radio('first')}
      </div>
      <div className="dialogs-merge-record">
        <SearchSelect
          label={say(text.second)}
          placeholder={say(text.chooseSecond)}
          value={second === null ? null : { key: second.id, label: names.second }}
          find={find}
          onChange={(item) => onSecond({ table, id: item.key })}
        />
        {radio('second')}
      </div>
    </fieldset>
  )
}
