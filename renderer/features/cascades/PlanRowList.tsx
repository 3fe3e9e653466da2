import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PlanRow } from '#engine/contract/cascades'
import type { FieldValue } from '#engine/contract/records'
import type { Message } from '#text/message'
import { cellText } from '../../frame/cell-text.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle, shortId } from '../../ui/format.ts'
import { type ListPlace, RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { ACTION_WORD } from './plan-words.ts'
import { type PlanRowFilter, planRowAt, planRowsStore } from './stores/plan-rows.ts'
import { cascadeText } from './texts.ts'

const { rows: text } = cascadeText

interface PlanRowListProps {
  planId: string
  filter: PlanRowFilter
  label: Message
  onBack: () => void
}

/** Lists the records that a number of the preview counts, with their values before and after. */
export function PlanRowList({ planId, filter, label, onBack }: PlanRowListProps) {
  const { count, say } = useWords()
  const planRows = useStore(planRowsStore)
  const total = useStoreState(planRowsStore, (state) => state.total)
  const pages = useStoreState(planRowsStore, (state) => state.pages)
  const error = useStoreState(planRowsStore, (state) => state.error)
  const [place, setPlace] = useState<ListPlace>({ active: 0, top: 0 })
  useEffect(() => planRows.getState().show(planId, filter), [planRows, planId, filter])

  const columns: RowGridColumn<PlanRow>[] = [
    {
      key: 'position',
      label: '#',
      width: '56px',
      align: 'end',
      render: (row) => <span className="ui-muted">{count(row.position)}</span>,
    },
    {
      key: 'record',
      label: say(text.record),
      width: 'minmax(160px, 1.2fr)',
      render: ({ record, level }) => (
        <span title={say(text.recordHint({ name: record.name ?? '', table: record.table, id: record.id, level }))}>
          {shortenMiddle(record.name ?? shortId(record.id), 60)} <span className="ui-muted">{record.table}</span>
        </span>
      ),
    },
    {
      key: 'action',
      label: say(text.whatHappens),
      width: '116px',
      render: ({ action }) => <Badge tone={ACTION_WORD[action].tone}>{say(ACTION_WORD[action].word)}</Badge>,
    },
    {
      key: 'parent',
      label: say(text.through),
      width: 'minmax(110px, 0.8fr)',
      render: ({ parent, relationship }) => (
        <span title={relationship ?? undefined}>{parent === null ? '' : (parent.name ?? shortId(parent.id))}</span>
      ),
    },
    { key: 'changes', label: say(text.changes), width: 'minmax(280px, 2fr)', render: ({ changes }) => <Changes changes={changes} /> },
  ]
  return (
    <div className="dialogs-rows">
      <header className="dialogs-rows-header">
        <Button variant="quiet" icon={<ArrowLeft size={14} />} onClick={onBack}>
          {say(text.summary)}
        </Button>
        <span>
          <strong>{say(label)}</strong> <span className="ui-muted">{total === null ? '' : say(text.count({ count: total }))}</span>
        </span>
      </header>
      {error !== null && <ErrorNotice error={error} title={say(text.notRead)} />}
      {total !== 0 && (
        <RowGrid
          label={say(label)}
          minWidth={760}
          columns={columns}
          count={total ?? 20}
          itemAt={(row) => planRowAt({ pages }, row)}
          place={place}
          onPlace={setPlace}
          onVisible={(first, last) => planRows.getState().showRange(first, last)}
        />
      )}
    </div>
  )
}

function Changes({ changes }: { changes: PlanRow['changes'] }) {
  const words = useWords()
  const { say } = words
  const valueText = (value: FieldValue): string => cellText(words, undefined, value) || say(text.empty)
  const all = changes.map(({ column, before, after }) => `${column}: ${valueText(before)} → ${valueText(after)}`).join('\n')
  return (
    <span title={all}>
      {changes.map(({ column, before, after }) => (
        <span key={column} className="dialogs-change">
          <span className="ui-mono ui-muted">{column}</span> <del>{valueText(before)}</del> → <ins>{valueText(after)}</ins>{' '}
        </span>
      ))}
    </span>
  )
}
