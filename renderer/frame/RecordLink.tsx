import type { LookupValue } from '#engine/contract/records'
import { shortenMiddle, shortId } from '../ui/format.ts'
import { modelStore } from './stores/model.ts'
import { viewStore } from './stores/view.ts'
import { useStore, useStoreState } from './stores-context.ts'

/** Shows a record's name as a link to the record, or to the steps that ran on it. */
export function RecordLink({ record, part, children }: { record: LookupValue; part?: 'steps'; children?: string }) {
  const view = useStore(viewStore)
  const isKnown = useStoreState(modelStore, (state) => state.tables.has(record.table))
  const text = children ?? shortenMiddle(recordText(record), 60)
  if (!isKnown) return <>{text}</>
  return (
    <button
      type="button"
      className="ui-link"
      title={`${record.table} ${record.id}`}
      onClick={() => view.getState().go({ screen: 'records', table: record.table, recordId: record.id, ...(part && { part }) })}
    >
      {text}
    </button>
  )
}

export const recordText = ({ table, id, name }: LookupValue): string => name ?? `${table} ${shortId(id)}`
