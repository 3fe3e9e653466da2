import type { Preview } from '#engine/contract/cascades'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords, type Words } from '../../text/words.ts'
import { shortenMiddle } from '../../ui/format.ts'
import { byStep, stepsSentence } from './plan-words.ts'
import { cascadeText } from './texts.ts'

const { steps: text } = cascadeText

/** Lists the plug-in steps that the operation will run. */
export function PreviewSteps({ steps }: { steps: Preview['steps'] }) {
  const words = useWords()
  const { count, say } = words
  const view = useStore(viewStore)
  const definitions = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => definitions.get(table)?.displayName ?? table
  if (steps.length === 0) return null
  const open = (plugin: string) => {
    view.getState().closeDialog()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin })
  }
  return (
    <section aria-label={say(text.label)}>
      <p className="dialogs-steps-title">{say(stepsSentence(steps))}</p>
      <table className="ui-table">
        <thead>
          <tr>
            <th scope="col">{say(text.plugin)}</th>
            <th scope="col">{say(text.step)}</th>
            <th scope="col">{say(text.on)}</th>
            <th scope="col" className="ui-number">
              {say(text.records)}
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
                {step.message} <span className="ui-muted">{step.mode === 'Async' ? say(text.asynchronous) : step.stage}</span>
              </td>
              <td title={tables.join(', ')}>{namesText(tables.map(nameOf), words)}</td>
              <td className="ui-number" title={say(text.atMost({ count: records }))}>
                {count(records)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const SHOWN = 3

function namesText(names: string[], { say }: Words): string {
  if (names.length <= SHOWN + 1) return names.join(', ')
  return say(text.tablesAndMore({ tables: names.slice(0, SHOWN).join(', '), count: names.length - SHOWN }))
}
