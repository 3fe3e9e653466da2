import type { RecordRef } from '#engine/contract/records'
import { rowName } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { openRecordStore } from './stores/open-record.ts'
import { recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

/** Shows the number of children of a record by relationship, each a link to these rows. */
export function ChildrenList({ record }: { record: RecordRef }) {
  const { count: formatted, say } = useWords()
  const view = useStore(viewStore)
  const records = useStore(recordsStore)
  const openRecord = useStore(openRecordStore)
  const model = useStore(modelStore)
  const children = useStoreState(openRecordStore, (state) => state.children)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const shown = children.filter((child) => child.count !== 0)
  const open = (table: string, column: string) => {
    const { row } = openRecord.getState()
    const name = row === null ? record.id : rowName(model.getState().tables.get(record.table), row)
    records.getState().showFiltered(table, [{ column, operator: 'equals', value: { ...record }, shown: name }])
    view.getState().go({ screen: 'records', table, recordId: null })
  }
  return (
    <section className="records-children" aria-labelledby="records-children">
      <h3 id="records-children" className="ui-label">
        {say(recordText.panel.children)}
      </h3>
      {shown.length === 0 && <p className="ui-muted">{say(recordText.panel.noChildren)}</p>}
      <ul>
        {shown.map(({ relationship, count }) => (
          <li key={relationship.schemaName}>
            <button
              type="button"
              className="records-child"
              disabled={count === null}
              onClick={() => open(relationship.referencing, relationship.attribute)}
            >
              <span className="records-child-text">
                <span>{tables.get(relationship.referencing)?.displayName ?? relationship.referencing}</span>
                <span className="ui-muted ui-small" title={relationship.schemaName}>
                  {relationship.schemaName}
                </span>
              </span>
              {count === null ? <Skeleton width={28} /> : formatted(count)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
