import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { type StepWords, stepFacts, stepTitle } from './plugin-words.ts'
import { inOrder } from './step-order.ts'
import { pluginsText } from './texts.ts'

interface StepListProps {
  steps: readonly StepWords[]
  label: string
  /** Steps to mark, which the previous version did not have. */
  added?: readonly StepWords[]
}

/** Lists steps in the order of execution, each with its registration. */
export function StepList({ steps, label, added = [] }: StepListProps) {
  const { say } = useWords()
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  if (steps.length === 0) return <p className="ui-muted">{say(pluginsText.steps.none)}</p>
  return (
    <ol className="plugins-steps" aria-label={label}>
      {inOrder(steps).map((step) => (
        <li key={step.ordinal}>
          <p className="plugins-step">
            {say(stepTitle(step, nameOf))} {added.includes(step) && <Badge tone="accent">{say(pluginsText.new)}</Badge>}
          </p>
          <p className="ui-muted ui-small">{stepFacts(step).map(say).join(' · ')}</p>
        </li>
      ))}
    </ol>
  )
}
