import { useCallback, useState } from 'react'
import type { RecordRef } from '#engine/contract/records'
import type { Principal } from '#engine/contract/security'
import { cellText } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords, type Words } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { OperationDialog } from './OperationDialog.tsx'
import { assignLabel } from './plan-words.ts'
import { operationStore } from './stores/operation.ts'
import { cascadeText } from './texts.ts'
import { useRecordName, useRecordRow } from './use-record-name.ts'

interface FoundPrincipal extends FoundItem {
  principal: Principal
}

const { assign: text } = cascadeText

const asItem = (principal: Principal, { say }: Words): FoundPrincipal => ({
  key: principal.id,
  label: principal.name,
  description: [
    say(principal.table === 'team' ? text.team : text.user),
    principal.businessUnit ?? shortId(principal.id),
    principal.disabled ? say(text.disabled) : null,
  ]
    .filter(Boolean)
    .join(' · '),
  principal,
})

export function AssignDialog({ record }: { record: RecordRef }) {
  const words = useWords()
  const { say } = words
  const operation = useStore(operationStore)
  const people = useStore(peopleStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(record.table))
  const name = useRecordName(record)
  const row = useRecordRow(record)
  const underWay = useStoreState(operationStore, (state) => state.stage === 'running' || state.stage === 'started')
  const [to, setTo] = useState<FoundPrincipal | null>(null)
  const find = useCallback(
    async (search: string) => (await people.getState().find(search)).map((found) => asItem(found, words)),
    [people, words],
  )
  const choose = (item: FoundPrincipal) => {
    setTo(item)
    operation.getState().choose({ operation: 'Assign', record, to: { table: item.principal.table, id: item.principal.id } })
  }
  return (
    <OperationDialog
      title={say(text.title({ record: name }))}
      description={say(text.explanation)}
      actionLabel={assignLabel}
      doneLabel={(affected) => text.done({ count: affected, owner: to?.label ?? text.theNewOwner })}
      incomplete={text.incomplete}
    >
      <div className="ui-field">
        <span className="ui-field-label">{say(cascadeText.record)}</span>
        <p className="dialogs-record">
          {name} <span className="ui-muted">{table?.displayName ?? record.table}</span> <Guid value={record.id} />
        </p>
      </div>
      <div className="ui-field">
        <span className="ui-field-label">{say(text.ownerNow)}</span>
        <p>{row === null ? '…' : cellText(words, undefined, row.values.ownerid) || say(text.nobody)}</p>
      </div>
      <div className="ui-field">
        <span className="ui-field-label">{say(text.to)}</span>
        <SearchSelect label={say(text.to)} placeholder={say(text.choose)} disabled={underWay} value={to} find={find} onChange={choose} />
      </div>
    </OperationDialog>
  )
}
