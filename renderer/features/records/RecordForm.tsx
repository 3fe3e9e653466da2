import { useState } from 'react'
import { isDamaged, type RecordRow } from '#engine/contract/records'
import type { TableDefinition } from '#engine/contract/tables'
import { isLookupValue } from '../../frame/cell-text.ts'
import { isEditable, isRequired } from '../../frame/columns.ts'
import { activityStore } from '../../frame/stores/activity.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { FieldEditor } from './FieldEditor.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordText } from './texts.ts'

/** Edits a record's fields. A refused save keeps the input. */
export function RecordForm({ table, row }: { table: TableDefinition; row: RecordRow }) {
  const { say } = useWords()
  const openRecord = useStore(openRecordStore)
  const activity = useStore(activityStore)
  const draft = useStoreState(openRecordStore, (state) => state.draft) ?? {}
  const saving = useStoreState(openRecordStore, (state) => state.saving)
  const error = useStoreState(openRecordStore, (state) => state.saveError)
  const [shown, setShown] = useState<Record<string, string | undefined>>({})
  const { type, save, cancelEdit } = openRecord.getState()
  const columns = table.columns.filter((column) => isEditable(table, column))
  const changes = Object.keys(draft).length
  return (
    <form
      className="records-form"
      onSubmit={async (event) => {
        event.preventDefault()
        if (await save()) activity.getState().announce(recordText.form.saved)
      }}
    >
      {error !== null && <ErrorNotice error={error} title={say(recordText.form.notSaved)} />}
      {columns.map((column) => {
        const found = row.values[column.logicalName] ?? null
        const stored = isDamaged(found) ? null : found
        const value = column.logicalName in draft ? (draft[column.logicalName] ?? null) : stored
        return (
          <Field key={column.logicalName} label={`${column.displayName ?? column.logicalName}${isRequired(column) ? ' *' : ''}`}>
            {(id) => (
              <FieldEditor
                id={id}
                label={column.displayName ?? column.logicalName}
                table={table}
                column={column}
                value={value}
                shown={shown[column.logicalName] ?? (isLookupValue(stored) ? (stored.name ?? undefined) : undefined)}
                onChange={(next, text) => {
                  type(column.logicalName, next)
                  setShown({ ...shown, [column.logicalName]: text })
                }}
              />
            )}
          </Field>
        )
      })}
      <div className="records-form-buttons">
        <Button type="submit" variant="primary" disabled={saving || changes === 0}>
          {say(recordText.form.save)}
        </Button>
        <Button disabled={saving} onClick={cancelEdit}>
          {say(recordText.form.discard)}
        </Button>
      </div>
    </form>
  )
}
