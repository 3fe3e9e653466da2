import type { Preview } from '#engine/contract/cascades'
import { platform } from '#text/english/platform'
import type { Message } from '#text/message'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { BlockerList } from './BlockerList.tsx'
import { PreviewProcesses } from './PreviewProcesses.tsx'
import { PreviewSteps } from './PreviewSteps.tsx'
import { ACTION_WORD } from './plan-words.ts'
import type { PlanRowFilter } from './stores/plan-rows.ts'
import { cascadeText } from './texts.ts'

const { preview: text } = cascadeText

interface PreviewSummaryProps {
  preview: Preview
  onOpenRows: (filter: PlanRowFilter, label: Message) => void
}

export function PreviewSummary({ preview, onOpenRows }: PreviewSummaryProps) {
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  const {
    affected,
    mode,
    modeReason,
    byTable,
    groups,
    levels,
    linksRemoved,
    blockedBy,
    blockedGroups,
    blockedCount,
    refusal,
    reasons,
    nothingToDo,
  } = preview
  const { count, say } = useWords()
  const tableCount = Object.keys(byTable).length
  return (
    <>
      <div className="dialogs-head">
        <button type="button" className="dialogs-total" onClick={() => onOpenRows({}, text.all)}>
          {count(affected)}
        </button>
        <div>
          <p className="dialogs-total-label">{say(text.extent({ count: affected, tables: tableCount, levels, links: linksRemoved }))}</p>
          <p className="dialogs-mode">
            <Badge tone={mode === 'Async' ? 'held' : 'neutral'}>{say(mode === 'Async' ? text.asynchronous : text.synchronous)}</Badge>{' '}
            <span className="ui-muted">{say(modeReason)}</span>
          </p>
        </div>
      </div>
      {refusal !== null && <ErrorNotice error={refusal} title={say(cascadeText.wouldRefuse)} />}
      {nothingToDo && <p className="dialogs-nothing">{say(text.nothingToDo)}</p>}
      {blockedCount > 0 && <BlockerList groups={blockedGroups} blockers={blockedBy} total={blockedCount} />}
      {groups.length > 0 && (
        <table className="ui-table dialogs-groups">
          <thead>
            <tr>
              <th scope="col">{say(text.table)}</th>
              <th scope="col">{say(text.whatHappens)}</th>
              <th scope="col">{say(text.through)}</th>
              <th scope="col" className="ui-number">
                {say(text.records)}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const { word, tone } = ACTION_WORD[group.action]
              const filter = {
                table: group.table,
                action: group.action,
                ...(group.relationship === null ? {} : { relationship: group.relationship }),
              }
              return (
                <tr key={`${group.table} ${group.action} ${group.relationship}`}>
                  <td title={group.table}>{nameOf(group.table)}</td>
                  <td>
                    <Badge tone={tone}>{say(word)}</Badge>
                  </td>
                  <td title={group.relationship ?? undefined}>
                    {group.relationship === null ? (
                      <span className="ui-muted">{say(text.itself)}</span>
                    ) : (
                      shortenMiddle(group.relationship, 40)
                    )}
                    {group.behavior !== null && <span className="ui-muted"> {say(platform.cascadeType[group.behavior])}</span>}
                  </td>
                  <td className="ui-number">
                    <button
                      type="button"
                      className="ui-link"
                      aria-label={say(text.showGroup({ count: group.count, table: nameOf(group.table), action: word }))}
                      onClick={() => onOpenRows(filter, text.group({ table: nameOf(group.table), action: word }))}
                    >
                      {count(group.count)}
                    </button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <PreviewSteps steps={preview.steps} />
      <PreviewProcesses processes={preview.processes} />
      {reasons.length > 0 && (
        <ul className="dialogs-reasons" aria-label={say(text.why)}>
          {reasons.map((reason) => (
            <li key={say(reason)}>{say(reason)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
