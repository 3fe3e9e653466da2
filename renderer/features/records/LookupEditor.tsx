import { X } from 'lucide-react'
import { useCallback } from 'react'
import type { FieldInput, LookupValue, RecordRef } from '#engine/contract/records'
import { lookupTargets } from '../../frame/columns.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import type { FieldEditorProps } from './FieldEditor.tsx'
import { recordText } from './texts.ts'

interface FoundRow extends FoundItem {
  row: RecordRef
}

const asItem = (row: LookupValue): FoundRow => ({
  key: row.id,
  label: row.name ?? shortId(row.id),
  description: `${row.table} · ${shortId(row.id)}`,
  row: { table: row.table, id: row.id },
})

const isRef = (value: FieldInput): value is RecordRef => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lets the person choose a row of the tables that the lookup allows. */
export function LookupEditor({ label, table, column, value, shown, onChange }: FieldEditorProps) {
  const { say } = useWords()
  const lookup = useStore(recordLookup)
  const model = useStoreState(modelStore, (state) => state.model)
  const find = useCallback(
    async (search: string) => {
      const targets = model === null ? [] : lookupTargets(model, table.logicalName, column)
      return (await lookup.findTargets(targets, search)).map(asItem)
    },
    [lookup, model, table, column],
  )
  const current = isRef(value) ? { key: value.id, label: shown ?? shortId(value.id), row: value } : null
  return (
    <span className="records-choice">
      <SearchSelect<FoundRow>
        label={label}
        placeholder={say(recordText.noValue)}
        value={current}
        find={find}
        onChange={(item) => onChange(item.row, item.label)}
      />
      {current !== null && (
        <IconButton label={say(recordText.empty({ column: label }))} onClick={() => onChange(null)}>
          <X size={14} />
        </IconButton>
      )}
    </span>
  )
}
