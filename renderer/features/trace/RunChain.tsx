import type { StepRun } from '#engine/contract/trace'
import { useWords } from '../../text/words.ts'
import { OutcomeSign } from './OutcomeMark.tsx'
import { traceText } from './texts.ts'

interface RunChainProps {
  /** In the order in which they began. */
  chain: StepRun[]
  current: number
  onOpen: (run: StepRun) => void
}

/** Lists every step that ran on this record in the same request, in order. */
export function RunChain({ chain, current, onOpen }: RunChainProps) {
  const { say, microseconds } = useWords()
  return (
    <section aria-labelledby="trace-chain">
      <h3 id="trace-chain" className="ui-label">
        {say(traceText.chain.heading({ count: chain.length }))}
      </h3>
      <ol className="trace-chain">
        {chain.map((run) => (
          <li key={run.number}>
            <button
              type="button"
              className="trace-chain-run"
              aria-current={run.number === current ? 'step' : undefined}
              onClick={() => onOpen(run)}
            >
              <OutcomeSign run={run} standsAlone />
              <span className="ui-clip" title={run.plugin}>
                {run.plugin}
              </span>
              <span className="ui-clip ui-muted">
                {say(traceText.chain.step({ message: run.message, stage: run.stage, attempt: run.job?.attempt ?? 1 }))}
              </span>
              <span className="ui-number">{microseconds(run.durationMicroseconds)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
