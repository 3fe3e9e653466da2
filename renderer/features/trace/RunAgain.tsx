import { RotateCcw, X } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import type { StepRunDetails, StepTrial } from '#engine/contract/trace'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { formatMicroseconds } from '../../frame/trace-words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { DiffTable } from './DiffTable.tsx'
import { diffOf } from './diff.ts'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { RunTree } from './RunTree.tsx'
import { openRunStore } from './stores/open-run.ts'

/** Returns why a run cannot be repeated; null if it can. */
function whyNot({ run, canRunAgain }: StepRunDetails): string | null {
  if (canRunAgain) return null
  return run.record === null
    ? 'It cannot be run again: this message belongs to a job and has no record.'
    : 'It cannot be run again: its record, or the step as it was then, does not exist any more.'
}

export function RunAgainButton({ details }: { details: StepRunDetails }) {
  const openRun = useStore(openRunStore)
  const status = useStoreState(openRunStore, (state) => state.trial.status)
  const caller = useStoreState(peopleStore, (state) => state.caller?.name ?? 'admin')
  const noteId = useId()
  const reason = whyNot(details)
  return (
    <div className="trace-again">
      <Button
        icon={<RotateCcw size={14} aria-hidden />}
        disabled={reason !== null || status === 'running'}
        aria-describedby={noteId}
        onClick={() => void openRun.getState().runAgain()}
      >
        {status === 'running' ? 'Running…' : 'Run again'}
      </Button>
      <p id={noteId} className="ui-muted ui-small">
        {reason ?? `As ${caller}, with what it was given then. Everything that it does is rolled back.`}
      </p>
    </div>
  )
}

/** Shows the result of running a step again beside the original result. */
export function TrialResult({ original }: { original: StepRunDetails }) {
  const openRun = useStore(openRunStore)
  const trial = useStoreState(openRunStore, (state) => state.trial)
  const heading = useRef<HTMLHeadingElement>(null)
  const isThere = trial.status === 'done' || trial.status === 'refused'
  useEffect(() => {
    if (isThere) heading.current?.focus()
  }, [isThere])
  if (!isThere) return null
  return (
    <section className="trace-trial" aria-labelledby="trace-trial">
      <header className="trace-trial-header">
        <h3 id="trace-trial" ref={heading} tabIndex={-1} className="ui-heading">
          Run again
        </h3>
        <IconButton label="Dismiss the result" onClick={() => openRun.getState().dismissTrial()}>
          <X size={14} />
        </IconButton>
      </header>
      {trial.status === 'refused' ? (
        <ErrorNotice error={trial.error} title="The step was not run again" />
      ) : (
        <Comparison original={original} trial={trial.trial} />
      )}
    </section>
  )
}

function Comparison({ original, trial }: { original: StepRunDetails; trial: StepTrial }) {
  const again = trial.details
  const lines: [string, (details: StepRunDetails) => React.ReactNode][] = [
    ['Outcome', ({ run }) => <OutcomeBadge run={{ ...run, isCommitted: true }} />],
    ['Error', ({ run }) => (run.error === null ? <span className="ui-muted">none</span> : <span className="trace-text">{run.error}</span>)],
    ['Trace', ({ run }) => (run.trace === '' ? <span className="ui-muted">none</span> : <span className="trace-text">{run.trace}</span>)],
    ['Duration', ({ run }) => formatMicroseconds(run.durationMicroseconds)],
    ['User', ({ run }) => run.user],
  ]
  const before = Object.fromEntries(trial.changes.map((change) => [change.column, change.before]))
  const after = Object.fromEntries(trial.changes.map((change) => [change.column, change.after]))
  const nested = trial.runs.length - 1
  return (
    <>
      <p className="trace-kept" role="status">
        Nothing was kept: the step ran as {trial.details.run.user} in a transaction that was rolled back.
      </p>
      <table className="ui-table trace-compare" aria-label="The run then and now">
        <thead>
          <tr>
            <td />
            <th scope="col">Then</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, show]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{show(original)}</td>
              <td>{show(again)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h4 className="ui-label">What would have changed on the record</h4>
      {trial.changes.length === 0 ? (
        <p className="ui-muted">No column of the record.</p>
      ) : (
        <DiffTable label="What would have changed" lines={diffOf(before, after)} before="Now" after="Would be" />
      )}
      {nested > 0 && (
        <>
          <h4 className="ui-label">It set off {countOf(nested, 'nested run')}</h4>
          <RunTree label="Runs set off now" runs={trial.runs} current={null} />
        </>
      )}
    </>
  )
}
