import { Ban } from 'lucide-react'
import type { BlockerGroup, PlanBlocker } from '#engine/contract/cascades'
import type { LookupValue } from '#engine/contract/records'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { cascadeText } from './texts.ts'

interface BlockerListProps {
  groups: BlockerGroup[]
  /** The first of them. */
  blockers: PlanBlocker[]
  total: number
}

/** Lists the records that block the operation by relationship, the first of each as links with the way that leads there. */
export function BlockerList({ groups, blockers, total }: BlockerListProps) {
  const { say } = useWords()
  return (
    <div className="dialogs-blockers" role="alert">
      <p className="dialogs-blockers-title">
        <Ban size={15} aria-hidden /> {say(cascadeText.blockers.title({ count: total }))}
      </p>
      {groups.map((group) => (
        <BlockersAlong
          key={group.relationship}
          group={group}
          blockers={blockers.filter(({ relationship }) => relationship === group.relationship)}
        />
      ))}
    </div>
  )
}

function BlockersAlong({ group, blockers }: { group: BlockerGroup; blockers: PlanBlocker[] }) {
  const { say } = useWords()
  const tables = useStoreState(modelStore, (state) => state.tables)
  const { relationship, table, count } = group
  return (
    <section>
      <p>
        {say(cascadeText.blockers.along({ relationship, count, table: tables.get(table)?.displayName ?? table }))}
        <span className="dialogs-code">{blockers[0]?.code}</span>
      </p>
      <ul>
        {blockers.map(({ record, path, parent }) => (
          <li key={record.id}>
            {[...path, parent].map((each) => (
              <span key={each.id} className="ui-muted">
                <RecordName record={each} /> ›{' '}
              </span>
            ))}
            <RecordName record={record} />
          </li>
        ))}
      </ul>
      {count > blockers.length && <p className="ui-muted">{say(cascadeText.blockers.more({ count: count - blockers.length }))}</p>}
    </section>
  )
}

function RecordName({ record: { table, id, name } }: { record: LookupValue }) {
  const view = useStore(viewStore)
  const open = () => {
    view.getState().closeDialog()
    view.getState().go({ screen: 'records', table, recordId: id })
  }
  return (
    <button type="button" className="ui-link" onClick={open}>
      {name ?? shortId(id)}
    </button>
  )
}
