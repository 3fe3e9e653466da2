import { RotateCcw, X } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import type { StepRunDetails, StepTrial } from '#engine/contract/trace'
import type { Message } from '#text/message'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { DiffTable } from './DiffTable.tsx'
import { diffOf } from './diff.ts'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { RunTree } from './RunTree.tsx'
import { openRunStore } from './stores/open-run.ts'
import { traceText } from './texts.ts'

/** Returns why a run cannot be repeated; null if it can. */
function whyNot({ run, canRunAgain }: StepRunDetails): Message | null {
  if (canRunAgain) return null
  return run.record === null ? traceText.again.noRecord : traceText.again.gone
}

export function RunAgainButton({ details }: { details: StepRunDetails }) {
  const { say } = useWords()
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
        {say(status === 'running' ? traceText.again.running : traceText.again.run)}
      </Button>
      <p id={noteId} className="ui-muted ui-small">
        {say(reason ?? traceText.again.note({ caller }))}
      </p>
    </div>
  )
}

/** Shows the result of running a step again beside the original result. */
export function TrialResult({ original }: { original: StepRunDetails }) {
  const { say } = useWords()
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
          {say(traceText.again.heading)}
        </h3>
        <IconButton label={say(traceText.again.dismiss)} onClick={() => openRun.getState().dismissTrial()}>
          <X size={14} />
        </IconButton>
      </header>
      {trial.status === 'refused' ? (
        <ErrorNotice error={trial.error} title={say(traceText.again.notRun)} />
      ) : (
        <Comparison original={original} trial={trial.trial} />
      )}
    </section>
  )
}

function Comparison({ original, trial }: { original: StepRunDetails; trial: StepTrial }) {
  const { say, microseconds } = useWords()
  const again = trial.details
  const none = <span className="ui-muted">{say(traceText.again.none)}</span>
  const lines: [label: Message, show: (details: StepRunDetails) => React.ReactNode][] = [
    [traceText.run.outcome, ({ run }) => <OutcomeBadge run={{ ...run, isCommitted: true }} />],
    [traceText.again.error, ({ run }) => (run.error === null ? none : <span className="trace-text">{run.error}</span>)],
    [traceText.run.trace, ({ run }) => (run.trace === '' ? none : <span className="trace-text">{run.trace}</span>)],
    [traceText.fact.duration, ({ run }) => microseconds(run.durationMicroseconds)],
    [traceText.fact.user, ({ run }) => run.user],
  ]
  const before = Object.fromEntries(trial.changes.map((change) => [change.column, change.before]))
  const after = Object.fromEntries(trial.changes.map((change) => [change.column, change.after]))
  const nested = trial.runs.length - 1
  return (
    <>
      <p className="trace-kept" role="status">
        {say(traceText.again.nothingKept({ caller: trial.details.run.user }))}
      </p>
      <table className="ui-table trace-compare" aria-label={say(traceText.again.comparison)}>
        <thead>
          <tr>
            <td />
            <th scope="col">{say(traceText.again.original)}</th>
            <th scope="col">{say(traceText.again.now)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, show]) => (
            <tr key={label.key}>
              <th scope="row">{say(label)}</th>
              <td>{show(original)}</td>
              <td>{show(again)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h4 className="ui-label">{say(traceText.again.changesHeading)}</h4>
      {trial.changes.length === 0 ? (
        <p className="ui-muted">{say(traceText.again.noChange)}</p>
      ) : (
        <DiffTable
          label={say(traceText.again.changes)}
          lines={diffOf(before, after)}
          before={say(traceText.again.now)}
          after={say(traceText.again.wouldBe)}
        />
      )}
      {nested > 0 && (
        <>
          <h4 className="ui-label">{say(traceText.again.nested({ count: nested }))}</h4>
          <RunTree label={say(traceText.again.nestedRuns)} runs={trial.runs} current={null} />
        </>
      )}
    </>
  )
}
