import { Ban, Check, CircleAlert, Undo2 } from 'lucide-react'
import type { StepRun } from '#engine/contract/trace'
import { isUndone, OUTCOMES } from '../../frame/trace-words.ts'
import { Badge } from '../../ui/Badge.tsx'

const UNDONE = 'The step ran to its end; its transaction was rolled back afterwards.'

/** Shows the outcome of a run as a word. */
export function OutcomeBadge({ run }: { run: StepRun }) {
  const { word, tone, explanation } = OUTCOMES[run.outcome]
  return (
    <Badge tone={tone} hint={isUndone(run) ? UNDONE : explanation}>
      <OutcomeSign run={run} />
      {word}
      {isUndone(run) && ', undone'}
    </Badge>
  )
}

/** Shows the outcome as a shape, which takes less room; screen readers read it if it stands alone. */
export function OutcomeSign({ run, standsAlone = false }: { run: StepRun; standsAlone?: boolean }) {
  const label = standsAlone ? { 'aria-label': isUndone(run) ? 'Done, undone' : OUTCOMES[run.outcome].word } : { 'aria-hidden': true }
  if (run.outcome === 'failed') return <CircleAlert size={12} className="trace-sign-failed" {...label} />
  if (run.outcome === 'refused') return <Ban size={12} className="trace-sign-refused" {...label} />
  return isUndone(run) ? <Undo2 size={12} {...label} /> : <Check size={12} {...label} />
}
