import { useEffect } from 'react'
import type { RecordRef } from '#engine/contract/records'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Guid } from '../../ui/Guid.tsx'
import { OperationDialog } from './OperationDialog.tsx'
import { deleteLabel } from './plan-words.ts'
import { operationStore } from './stores/operation.ts'
import { cascadeText } from './texts.ts'
import { useRecordName } from './use-record-name.ts'

const { delete: text } = cascadeText

export function DeleteDialog({ record }: { record: RecordRef }) {
  const { say } = useWords()
  const operation = useStore(operationStore)
  const view = useStore(viewStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(record.table))
  const name = useRecordName(record)
  useEffect(() => operation.getState().choose({ operation: 'Delete', record }), [operation, record])
  return (
    <OperationDialog
      dangerous
      title={say(text.title({ record: name }))}
      description={say(text.explanation)}
      actionLabel={deleteLabel}
      doneLabel={(affected) => text.done({ record: name, count: affected })}
      onCompleted={() => {
        const { location, go } = view.getState()
        if (location.screen === 'records' && location.recordId === record.id) go({ ...location, recordId: null })
      }}
    >
      <div className="ui-field">
        <span className="ui-field-label">{say(cascadeText.record)}</span>
        <p className="dialogs-record">
          {name} <span className="ui-muted">{table?.displayName ?? record.table}</span> <Guid value={record.id} />
        </p>
      </div>
      <p className="ui-muted">{say(text.final)}</p>
    </OperationDialog>
  )
}
