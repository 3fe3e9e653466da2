import type { StepRun, StepRunDetails } from '#engine/contract/trace'
import { NotFound } from '../../frame/NotFound.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { RunAgainButton, TrialResult } from './RunAgain.tsx'
import { RunChain } from './RunChain.tsx'
import { RunImages, RunInput } from './RunData.tsx'
import { RunError } from './RunError.tsx'
import { RunFacts } from './RunFacts.tsx'
import { RunTree } from './RunTree.tsx'
import { openRunStore } from './stores/open-run.ts'
import { traceText } from './texts.ts'

/** Shows everything that the log holds about one run: its outcome, its input and what it caused. */
export function RunView({ run, onOpen }: { run: number; onOpen?: (run: StepRun) => void }) {
  const { say } = useWords()
  const openRun = useStore(openRunStore)
  const details = useStoreState(openRunStore, (state) => (state.number === run ? state.details : null))
  const error = useStoreState(openRunStore, (state) => (state.number === run ? state.error : null))
  if (error?.code === 'RECORD_NOT_FOUND') return <NotFound what="run" />
  if (error !== null) {
    return (
      <ErrorNotice
        error={error}
        title={say(traceText.run.notRead)}
        action={<Button onClick={() => void openRun.getState().open(run)}>{say(traceText.tryAgain)}</Button>}
      />
    )
  }
  if (details === null) return <SkeletonLines lines={12} label={say(traceText.run.loading)} />
  return <Loaded details={details} onOpen={onOpen} />
}

function Loaded({ details, onOpen }: { details: StepRunDetails; onOpen?: ((run: StepRun) => void) | undefined }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const tree = useStoreState(openRunStore, (state) => state.tree)
  const chain = useStoreState(openRunStore, (state) => state.chain)
  const { run } = details
  const open = onOpen ?? ((other: StepRun) => view.getState().go({ screen: 'trace', run: other.number }))
  return (
    <div className="trace-run">
      <RunError run={run} stack={details.stack} />
      <RunAgainButton details={details} />
      <TrialResult original={details} />
      <section aria-labelledby="trace-text">
        <h3 id="trace-text" className="ui-label">
          {say(traceText.run.trace)}
        </h3>
        {run.trace === '' ? <p className="ui-muted">{say(traceText.run.noTrace)}</p> : <pre className="trace-text">{run.trace}</pre>}
      </section>
      <RunFacts run={run} />
      <RunInput details={details} />
      <RunImages details={details} />
      {tree.length > 1 && (
        <section aria-labelledby="trace-tree">
          <h3 id="trace-tree" className="ui-label">
            {say(traceText.tree.heading)}
          </h3>
          <RunTree label={say(traceText.tree.heading)} runs={tree} current={run.number} onOpen={open} />
        </section>
      )}
      {chain.length > 1 && <RunChain chain={chain} current={run.number} onOpen={open} />}
    </div>
  )
}
