import { useState } from 'react'
import type { FieldValue, RecordRow } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { cellText, isLookupValue } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { recordText } from './texts.ts'

/** Lists fields with data, and the empty ones on demand, because a table may have hundreds. */
export function FieldList({ table, row }: { table: TableDefinition; row: RecordRow }) {
  const words = useWords()
  const { say } = words
  const [showEmpty, setShowEmpty] = useState(false)
  const hasData = (column: ColumnDefinition) => cellText(words, column, row.values[column.logicalName]) !== ''
  const filled = table.columns.filter((column) => column.logicalName !== table.primaryId && hasData(column))
  const empty = table.columns.filter((column) => !hasData(column))
  return (
    <>
      <dl className="ui-facts">
        {[...filled, ...(showEmpty ? empty : [])].map((column) => (
          <div key={column.logicalName} className="ui-fact">
            <dt title={column.logicalName}>{column.displayName ?? column.logicalName}</dt>
            <dd>
              <FieldText column={column} value={row.values[column.logicalName]} />
            </dd>
          </div>
        ))}
      </dl>
      {empty.length > 0 && (
        <Button variant="quiet" onClick={() => setShowEmpty(!showEmpty)}>
          {say(showEmpty ? recordText.panel.hideEmpty : recordText.panel.showEmpty({ count: empty.length }))}
        </Button>
      )}
    </>
  )
}

/** Shows a value; a lookup is a link to its record. */
function FieldText({ column, value }: { column: ColumnDefinition; value: FieldValue | undefined }) {
  const words = useWords()
  const view = useStore(viewStore)
  const known = useStoreState(modelStore, (state) => isLookupValue(value) && state.tables.has(value.table))
  const text = cellText(words, column, value)
  if (text === '') return <span className="ui-muted">–</span>
  if (!isLookupValue(value) || !known) return <>{text}</>
  return (
    <button
      type="button"
      className="ui-link"
      onClick={() => view.getState().go({ screen: 'records', table: value.table, recordId: value.id })}
    >
      {text}
    </button>
  )
}
