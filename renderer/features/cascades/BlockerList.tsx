import { Ban } from 'lucide-react'
import type { PlanBlocker } from '#engine/contract/cascades'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { cascadeText } from './texts.ts'

/** Lists the records that block the operation, each as a link. */
export function BlockerList({ blockers, total }: { blockers: PlanBlocker[]; total: number }) {
  const view = useStore(viewStore)
  const { say } = useWords()
  const tables = useStoreState(modelStore, (state) => state.tables)
  const open = (table: string, id: string) => {
    view.getState().closeDialog()
    view.getState().go({ screen: 'records', table, recordId: id })
  }
  return (
    <div className="dialogs-blockers" role="alert">
      <p className="dialogs-blockers-title">
        <Ban size={15} aria-hidden /> {say(cascadeText.blockers.title({ count: total }))}
      </p>
      <ul>
        {blockers.map((blocker) => (
          <li key={`${blocker.record.id} ${blocker.relationship}`}>
            <button type="button" className="ui-link" onClick={() => open(blocker.record.table, blocker.record.id)}>
              {blocker.record.name ?? shortId(blocker.record.id)}
            </button>{' '}
            <span className="ui-muted">({tables.get(blocker.record.table)?.displayName ?? blocker.record.table})</span>{' '}
            {say(blocker.reason)}
            <span className="dialogs-code">
              {blocker.code} · {blocker.relationship}
            </span>
          </li>
        ))}
      </ul>
      {total > blockers.length && <p className="ui-muted">{say(cascadeText.blockers.more({ count: total - blockers.length }))}</p>}
    </div>
  )
}
