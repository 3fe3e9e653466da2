import type { Preview } from '#engine/contract/cascades'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { cascadeText } from './texts.ts'

const { processes: text } = cascadeText

/** Lists what of the customer's own solutions the operation would start on the platform. None of it runs here. */
export function PreviewProcesses({ processes }: { processes: Preview['processes'] }) {
  const { count, say } = useWords()
  const definitions = useStoreState(modelStore, (state) => state.tables)
  if (processes.length === 0) return null
  return (
    <section aria-label={say(text.label)}>
      <p className="dialogs-steps-title">{say(text.wouldRun({ count: processes.length }))}</p>
      <table className="ui-table">
        <thead>
          <tr>
            <th scope="col">{say(text.name)}</th>
            <th scope="col">{say(text.trigger)}</th>
            <th scope="col">{say(text.on)}</th>
            <th scope="col" className="ui-number">
              {say(text.records)}
            </th>
          </tr>
        </thead>
        <tbody>
          {processes.map(({ process, table, records }) => (
            <tr key={`${process.id} ${process.message} ${table}`}>
              <td title={process.solution}>
                {process.name} <span className="ui-muted">{say(text.kind[process.kind][process.mode])}</span>
              </td>
              <td title={process.columns === null ? undefined : process.columns.join(', ')}>
                {process.message} <span className="ui-muted">{process.mode === 'Async' ? say(text.asynchronous) : process.stage}</span>
              </td>
              <td>{definitions.get(table)?.displayName ?? table}</td>
              <td className="ui-number">{count(records)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
