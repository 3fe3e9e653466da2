import { useState } from 'react'
import type { RecordInput } from '#engine/contract/records'
import { isEditable, isRequired } from '../../frame/columns.ts'
import { activityStore } from '../../frame/stores/activity.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { FieldEditor } from './FieldEditor.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordText } from './texts.ts'

export function CreateRecordDialog({ table: name }: { table: string }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const openRecord = useStore(openRecordStore)
  const activity = useStore(activityStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(name))
  const saving = useStoreState(openRecordStore, (state) => state.saving)
  const error = useStoreState(openRecordStore, (state) => state.saveError)
  const caller = useStoreState(peopleStore, (state) => state.caller)
  const [values, setValues] = useState<RecordInput>({})
  const [shown, setShown] = useState<Record<string, string | undefined>>({})
  if (table === undefined) return null
  const label = table.displayName ?? table.logicalName
  const columns = table.columns
    .filter((column) => isEditable(table, column) && column.type !== 'State' && column.type !== 'Status')
    .sort(
      (a, b) =>
        Number(b.logicalName === table.primaryName) - Number(a.logicalName === table.primaryName) ||
        Number(isRequired(b)) - Number(isRequired(a)),
    )
  const missing = columns.filter((column) => isRequired(column) && (values[column.logicalName] ?? null) === null)
  const close = () => view.getState().closeDialog()
  const create = async () => {
    const record = await openRecord.getState().create(name, values)
    if (record === null) return
    activity.getState().announce(recordText.create.created({ table: label }))
    close()
    view.getState().go({ screen: 'records', table: name, recordId: record.id })
  }
  return (
    <Modal
      title={say(recordText.create.title({ table: label }))}
      description={say(recordText.create.ownedBy({ caller: caller?.name ?? 'admin' }))}
      onClose={close}
      footer={
        <>
          {missing.length > 0 && (
            <span className="ui-modal-footer-note">
              {say(recordText.create.required({ columns: missing.map((column) => column.displayName ?? column.logicalName) }))}
            </span>
          )}
          <Button onClick={close}>{say(recordText.create.close)}</Button>
          <Button variant="primary" type="submit" form="create-record" disabled={saving || missing.length > 0}>
            {say(recordText.create.create)}
          </Button>
        </>
      }
    >
      <form
        id="create-record"
        className="dialogs-form"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        {error !== null && <ErrorNotice error={error} title={say(recordText.create.notCreated)} />}
        {columns.map((column) => (
          <Field key={column.logicalName} label={`${column.displayName ?? column.logicalName}${isRequired(column) ? ' *' : ''}`}>
            {(id) => (
              <FieldEditor
                id={id}
                label={column.displayName ?? column.logicalName}
                table={table}
                column={column}
                value={values[column.logicalName] ?? null}
                shown={shown[column.logicalName]}
                onChange={(value, text) => {
                  setValues({ ...values, [column.logicalName]: value })
                  setShown({ ...shown, [column.logicalName]: text })
                }}
              />
            )}
          </Field>
        ))}
      </form>
    </Modal>
  )
}
