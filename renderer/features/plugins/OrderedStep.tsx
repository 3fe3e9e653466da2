import type { StepInOrder } from '#engine/contract/plugins'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { STATUS_TONE, stepFacts } from './plugin-words.ts'
import { pluginsText } from './texts.ts'

/** Shows a step in the execution order, in grey if its plug-in is not enabled. */
export function OrderedStep({ step }: { step: StepInOrder }) {
  const { say, count } = useWords()
  const view = useStore(viewStore)
  const isRunning = step.status === 'Enabled'
  const [, ...facts] = stepFacts(step)
  return (
    <li className={isRunning ? 'plugins-ordered' : 'plugins-ordered plugins-ordered-off'}>
      <span className="plugins-rank" title={say(pluginsText.order.rank)}>
        {count(step.rank)}
      </span>
      <div>
        <p>
          <button
            type="button"
            className="ui-link"
            title={step.plugin}
            onClick={() => view.getState().go({ screen: 'plugins', part: 'installed', plugin: step.plugin })}
          >
            {shortenMiddle(step.plugin, 70)}
          </button>{' '}
          <span className="ui-muted">{step.version}</span>{' '}
          {!isRunning && (
            <Badge tone={STATUS_TONE[step.status]} hint={say(pluginsText.statusMeaning[step.status])}>
              {say(pluginsText.status[step.status])}
            </Badge>
          )}{' '}
          {step.table === null && <Badge hint={say(pluginsText.order.everyTableHint)}>{say(pluginsText.order.everyTable)}</Badge>}
        </p>
        {facts.length > 0 && <p className="ui-muted ui-small">{facts.map(say).join(' · ')}</p>}
      </div>
    </li>
  )
}
