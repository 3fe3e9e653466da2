import { useState } from 'react'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Evidence, EvidenceItem } from './report-evidence.ts'
import { transferText } from './texts.ts'

const SHOWN_FIRST = 60

export function ReportEvidence({ evidence }: { evidence: Evidence }) {
  const { say } = useWords()
  const [all, setAll] = useState(false)
  const items = all ? evidence.items : evidence.items.slice(0, SHOWN_FIRST)
  return (
    <div className="import-evidence">
      {items.length === 0 && <p className="ui-muted">{say(transferText.report.noExamples)}</p>}
      <ul>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <li key={index}>
            <ItemName item={item} /> <span className="ui-muted">{typeof item.detail === 'string' ? item.detail : say(item.detail)}</span>
          </li>
        ))}
      </ul>
      {!all && evidence.items.length > SHOWN_FIRST && (
        <Button variant="quiet" onClick={() => setAll(true)}>
          {say(transferText.report.showMore({ count: evidence.items.length - SHOWN_FIRST }))}
        </Button>
      )}
    </div>
  )
}

/** Shows a name, as a link if the model has the table or relationship. */
function ItemName({ item }: { item: EvidenceItem }) {
  const view = useStore(viewStore)
  const relationship = useStoreState(modelStore, (state) =>
    item.relationship === null ? undefined : state.relationships.get(item.relationship),
  )
  const table = useStoreState(
    modelStore,
    (state) => relationship?.referenced ?? (item.table !== null && state.tables.has(item.table) ? item.table : null),
  )
  if (table === null) return <span>{item.text}</span>
  return (
    <button
      type="button"
      className="ui-link"
      onClick={() => view.getState().go({ screen: 'model', table, relationship: relationship?.schemaName ?? null })}
    >
      {item.text}
    </button>
  )
}
