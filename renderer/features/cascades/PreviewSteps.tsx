import type { Preview } from '#engine/contract/cascades'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { countOf, formatCount, shortenMiddle } from '../../ui/format.ts'
import { byStep, stepsSentence } from './plan-words.ts'

/** Lists the plug-in steps that the operation will run. */
export function PreviewSteps({ steps }: { steps: Preview['steps'] }) {
  const view = useStore(viewStore)
  const definitions = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => definitions.get(table)?.displayName ?? table
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
            <th scope="col">On</th>
            <th scope="col" className="ui-number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {byStep(steps).map(({ step, tables, records }) => (
            <tr key={step.number}>
              <td>
                <button type="button" className="ui-link" title={step.plugin} onClick={() => open(step.plugin)}>
                  {shortenMiddle(step.plugin, 36)}
                </button>
              </td>
              <td>
                {step.message} <span className="ui-muted">{step.mode === 'Async' ? 'asynchronous' : step.stage}</span>
              </td>
              <td title={tables.join(', ')}>{namesText(tables.map(nameOf))}</td>
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

const SHOWN = 3

const namesText = (names: string[]): string =>
  names.length <= SHOWN + 1 ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more tables`
