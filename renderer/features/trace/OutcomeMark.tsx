import { Ban, Check, CircleAlert, Undo2 } from 'lucide-react'
import type { StepOutcome, StepRun } from '#engine/contract/trace'
import type { Message } from '#text/message'
import { isUndone } from '../../frame/trace-words.ts'
import { useWords } from '../../text/words.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { traceText } from './texts.ts'

const TONES: Record<StepOutcome, Tone> = { done: 'neutral', refused: 'held', failed: 'failed' }

const outcomeText = (run: StepRun): Message =>
  isUndone(run) ? traceText.undone({ outcome: traceText.outcome[run.outcome] }) : traceText.outcome[run.outcome]

/** Shows the outcome of a run as a word. */
export function OutcomeBadge({ run }: { run: StepRun }) {
  const { say } = useWords()
  return (
    <Badge tone={TONES[run.outcome]} hint={say(isUndone(run) ? traceText.undoneMeaning : traceText.outcomeMeaning[run.outcome])}>
      <OutcomeSign run={run} />
      {say(outcomeText(run))}
    </Badge>
  )
}

/** Shows the outcome as a shape, which takes less room; screen readers read it if it stands alone. */
export function OutcomeSign({ run, standsAlone = false }: { run: StepRun; standsAlone?: boolean }) {
  const { say } = useWords()
  const label = standsAlone ? { 'aria-label': say(outcomeText(run)) } : { 'aria-hidden': true }
  if (run.outcome === 'failed') return <CircleAlert size={12} className="trace-sign-failed" {...label} />
  if (run.outcome === 'refused') return <Ban size={12} className="trace-sign-refused" {...label} />
  return isUndone(run) ? <Undo2 size={12} {...label} /> : <Check size={12} {...label} />
}
