import { useEffect } from 'react'
import type { RecordRef } from '#engine/contract/records'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { countOf } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { OperationDialog } from './OperationDialog.tsx'
import { deleteLabel } from './plan-words.ts'
import { operationStore } from './stores/operation.ts'
import { useRecordName } from './use-record-name.ts'

export function DeleteDialog({ record }: { record: RecordRef }) {
  const operation = useStore(operationStore)
  const view = useStore(viewStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(record.table))
  const name = useRecordName(record)
  useEffect(() => operation.getState().choose({ operation: 'Delete', record }), [operation, record])
  return (
    <OperationDialog
      dangerous
      title={`Delete ${name}`}
      description="Children go before their parent; a child under Restrict stops everything."
      actionLabel={deleteLabel}
      doneLabel={(affected) => `Deleted ${name}: ${countOf(affected, 'record')} in all`}
      incomplete=""
      onCompleted={() => {
        const { location, go } = view.getState()
        if (location.screen === 'records' && location.recordId === record.id) go({ ...location, recordId: null })
      }}
    >
      <div className="ui-field">
        <span className="ui-field-label">Record</span>
        <p className="dialogs-record">
          {name} <span className="ui-muted">{table?.displayName ?? record.table}</span> <Guid value={record.id} />
        </p>
      </div>
      <p className="ui-muted">Deleted means deleted: there is no way back but a copy of the environment’s file.</p>
    </OperationDialog>
  )
}
