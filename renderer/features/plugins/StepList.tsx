import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { type StepWords, stepFacts, stepTitle } from './plugin-words.ts'
import { inOrder } from './step-order.ts'

interface StepListProps {
  steps: readonly StepWords[]
  label: string
  /** Steps to mark, which the previous version did not have. */
  added?: readonly StepWords[]
}

/** Lists steps in the order of execution, each with its registration. */
export function StepList({ steps, label, added = [] }: StepListProps) {
  const tables = useStoreState(modelStore, (state) => state.tables)
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  if (steps.length === 0) return <p className="ui-muted">It has no steps.</p>
  return (
    <ol className="plugins-steps" aria-label={label}>
      {inOrder(steps).map((step) => (
        <li key={step.ordinal}>
          <p className="plugins-step">
            {stepTitle(step, nameOf)} {added.includes(step) && <Badge tone="accent">new</Badge>}
          </p>
          <p className="ui-muted ui-small">{stepFacts(step).join(' · ')}</p>
        </li>
      ))}
    </ol>
  )
}
