import type { StepRun } from '#engine/contract/trace'
import { formatMicroseconds, messageText } from '../../frame/trace-words.ts'
import { countOf } from '../../ui/format.ts'
import { OutcomeSign } from './OutcomeMark.tsx'

interface RunChainProps {
  /** In the order in which they began. */
  chain: StepRun[]
  current: number
  onOpen: (run: StepRun) => void
}

/** Lists every step that ran on this record in the same request, in order. */
export function RunChain({ chain, current, onOpen }: RunChainProps) {
  return (
    <section aria-labelledby="trace-chain">
      <h3 id="trace-chain" className="ui-label">
        {countOf(chain.length, 'step')} of this record in the same request
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
                {messageText(run.message, null)}, {run.stage}
                {run.job !== null && run.job.attempt > 1 && `, try ${run.job.attempt}`}
              </span>
              <span className="ui-number">{formatMicroseconds(run.durationMicroseconds)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
