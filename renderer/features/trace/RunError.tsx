import { useState } from 'react'
import type { StepRun } from '#engine/contract/trace'
import { isUndone, thrownAt } from '../../frame/trace-words.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { traceText } from './texts.ts'

/** Shows the outcome of a run: the error with its code and its place in the author's code, or success. */
export function RunError({ run, stack }: { run: StepRun; stack: string | null }) {
  const { say } = useWords()
  const [showsStack, setShowsStack] = useState(false)
  const place = stack === null ? null : thrownAt(stack)
  return (
    <section className={`trace-outcome trace-outcome-${run.outcome}`} aria-label={say(traceText.run.outcome)}>
      <p className="trace-outcome-line">
        <OutcomeBadge run={run} />
        {place !== null && <span className="ui-mono">{place}</span>}
      </p>
      {run.error !== null && <p className="trace-text">{run.error}</p>}
      {run.code !== null && <p className="ui-error-code">{run.code}</p>}
      {isUndone(run) && <p className="ui-muted">{say(traceText.undoneSentence)}</p>}
      {stack !== null && (
        <>
          <Button variant="quiet" className="trace-fold" aria-expanded={showsStack} onClick={() => setShowsStack(!showsStack)}>
            {say(showsStack ? traceText.run.hideStack : traceText.run.showStack)}
          </Button>
          {showsStack && <pre className="trace-text trace-stack">{stack}</pre>}
        </>
      )}
    </section>
  )
}
