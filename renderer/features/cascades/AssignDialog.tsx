import { useCallback, useState } from 'react'
import type { RecordRef } from '#engine/contract/records'
import type { Principal } from '#engine/contract/security'
import { cellText } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { countOf, shortId } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { OperationDialog } from './OperationDialog.tsx'
import { assignLabel } from './plan-words.ts'
import { operationStore } from './stores/operation.ts'
import { useRecordName, useRecordRow } from './use-record-name.ts'

interface FoundPrincipal extends FoundItem {
  principal: Principal
}

const asItem = (principal: Principal): FoundPrincipal => ({
  key: principal.id,
  label: principal.name,
  description: [
    principal.table === 'team' ? 'Team' : 'User',
    principal.businessUnit ?? shortId(principal.id),
    principal.disabled ? 'disabled' : null,
  ]
    .filter(Boolean)
    .join(' · '),
  principal,
})

export function AssignDialog({ record }: { record: RecordRef }) {
  const operation = useStore(operationStore)
  const people = useStore(peopleStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(record.table))
  const name = useRecordName(record)
  const row = useRecordRow(record)
  const underWay = useStoreState(operationStore, (state) => state.stage === 'running' || state.stage === 'started')
  const [to, setTo] = useState<FoundPrincipal | null>(null)
  const find = useCallback(async (search: string) => (await people.getState().find(search)).map(asItem), [people])
  const choose = (item: FoundPrincipal) => {
    setTo(item)
    operation.getState().choose({ operation: 'Assign', record, to: { table: item.principal.table, id: item.principal.id } })
  }
  return (
    <OperationDialog
      title={`Assign ${name}`}
      description="The new owner gets the record and what follows it through relationships that cascade Assign."
      actionLabel={assignLabel}
      doneLabel={(affected) => `Assigned ${countOf(affected, 'record')} to ${to?.label ?? 'the new owner'}`}
      incomplete="Choose a user or team."
    >
      <div className="ui-field">
        <span className="ui-field-label">Record</span>
        <p className="dialogs-record">
          {name} <span className="ui-muted">{table?.displayName ?? record.table}</span> <Guid value={record.id} />
        </p>
      </div>
      <div className="ui-field">
        <span className="ui-field-label">Owner now</span>
        <p>{row === null ? '…' : cellText(undefined, row.values.ownerid) || 'nobody'}</p>
      </div>
      <div className="ui-field">
        <span className="ui-field-label">Assign to</span>
        <SearchSelect label="Assign to" placeholder="Choose a user or team" disabled={underWay} value={to} find={find} onChange={choose} />
      </div>
    </OperationDialog>
  )
}
