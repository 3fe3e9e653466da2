import type { Preview } from '#engine/contract/cascades'
import { TYPE_LABEL } from '../../frame/cascade-types.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount, shortenMiddle } from '../../ui/format.ts'
import { BlockerList } from './BlockerList.tsx'
import { PreviewSteps } from './PreviewSteps.tsx'
import { ACTION_WORD } from './plan-words.ts'
import type { PlanRowFilter } from './stores/plan-rows.ts'

interface PreviewSummaryProps {
  preview: Preview
  onOpenRows: (filter: PlanRowFilter, label: string) => void
}

export function PreviewSummary({ preview, onOpenRows }: PreviewSummaryProps) {
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  const { affected, mode, modeReason, byTable, groups, levels, linksRemoved, blockedBy, blockedCount, refusal, reasons, nothingToDo } =
    preview
  const { say } = useWords()
  const tableCount = Object.keys(byTable).length
  return (
    <>
      <div className="dialogs-head">
        <button type="button" className="dialogs-total" onClick={() => onOpenRows({}, 'All records of the plan')}>
          {formatCount(affected)}
        </button>
        <div>
          <p className="dialogs-total-label">
            {affected === 1 ? 'record' : 'records'} in {countOf(tableCount, 'table')}
            {levels > 1 && `, ${countOf(levels, 'level')} deep`}
            {linksRemoved > 0 && `, and ${countOf(linksRemoved, 'N:N link')}`}
          </p>
          <p className="dialogs-mode">
            <Badge tone={mode === 'Async' ? 'held' : 'neutral'}>{mode === 'Async' ? 'asynchronous' : 'synchronous'}</Badge>{' '}
            <span className="ui-muted">{say(modeReason)}</span>
          </p>
        </div>
      </div>
      {refusal !== null && <ErrorNotice error={refusal} title="The platform would refuse this" />}
      {nothingToDo && <p className="dialogs-nothing">Nothing would change: the record already is as asked.</p>}
      {blockedCount > 0 && <BlockerList blockers={blockedBy} total={blockedCount} />}
      {groups.length > 0 && (
        <table className="ui-table dialogs-groups">
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col">What happens</th>
              <th scope="col">Through</th>
              <th scope="col" className="ui-number">
                Records
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const word = ACTION_WORD[group.action]
              const filter = {
                table: group.table,
                action: group.action,
                ...(group.relationship === null ? {} : { relationship: group.relationship }),
              }
              return (
                <tr key={`${group.table} ${group.action} ${group.relationship}`}>
                  <td title={group.table}>{nameOf(group.table)}</td>
                  <td>
                    <Badge tone={word.tone}>{word.word}</Badge>
                  </td>
                  <td title={group.relationship ?? undefined}>
                    {group.relationship === null ? (
                      <span className="ui-muted">the record itself</span>
                    ) : (
                      shortenMiddle(group.relationship, 40)
                    )}
                    {group.behavior !== null && <span className="ui-muted"> {TYPE_LABEL[group.behavior]}</span>}
                  </td>
                  <td className="ui-number">
                    <button
                      type="button"
                      className="ui-link"
                      aria-label={`Show ${countOf(group.count, 'record')} of ${nameOf(group.table)}, ${word.word}`}
                      onClick={() => onOpenRows(filter, `${nameOf(group.table)}, ${word.word}`)}
                    >
                      {formatCount(group.count)}
                    </button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <PreviewSteps steps={preview.steps} />
      {reasons.length > 0 && (
        <ul className="dialogs-reasons" aria-label="Why">
          {reasons.map((reason) => (
            <li key={say(reason)}>{say(reason)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
