import type { Preview } from '#engine/model'
import { useApp, useStores } from '../app/stores-context.ts'
import { countOf, formatCount, shortenMiddle } from '../ui/format.ts'
import { stepsSentence } from './plan-words.ts'

/** The plug-in steps that the operation will meet. */
export function PreviewSteps({ steps }: { steps: Preview['steps'] }) {
  const { view } = useStores()
  const tables = useApp('model', (state) => state.tables)
  if (steps.length === 0) return null
  const open = (plugin: string) => {
    view.getState().closeDialog()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin })
  }
  return (
    <section aria-label="Plug-in steps">
      <p className="dialogs-steps-title">{stepsSentence(steps)}</p>
      <table className="ui-table">
        <thead>
          <tr>
            <th scope="col">Plug-in</th>
            <th scope="col">Step</th>
            <th scope="col">Table</th>
            <th scope="col" className="ui-number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, table, records }) => (
            <tr key={`${step.number} ${table}`}>
              <td>
                <button type="button" className="ui-link" title={step.plugin} onClick={() => open(step.plugin)}>
                  {shortenMiddle(step.plugin, 36)}
                </button>
              </td>
              <td>
                {step.message} <span className="ui-muted">{step.mode === 'Async' ? 'asynchronous' : step.stage}</span>
              </td>
              <td title={table}>{tables.get(table)?.displayName ?? table}</td>
              <td className="ui-number" title={`At most ${countOf(records, 'record')}`}>
                {formatCount(records)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
