import { useId, useState } from 'react'
import { faultsStore } from '../../frame/stores/faults.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { countOf } from '../../ui/format.ts'

const LONGEST_DELAY_MS = 5_000
const STEP_MS = 250

/** Controls for slow motion and for a batch that fails. */
export function BatchFaults() {
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const [batch, setBatch] = useState(current?.failBatch ?? 2)
  const id = useId()
  const delayMs = current?.batchDelayMs ?? 0
  const { setDelay, setFailBatch } = faults.getState()
  return (
    <section className="faults-section" aria-label="Batches">
      <label className="faults-title" htmlFor={id}>
        Slow motion
      </label>
      <p className="ui-muted">Each batch holds its records for a while before it commits, so that others meet them as held.</p>
      <div className="faults-slider">
        <input
          id={id}
          type="range"
          min={0}
          max={LONGEST_DELAY_MS}
          step={STEP_MS}
          value={Math.min(LONGEST_DELAY_MS, delayMs)}
          disabled={current === null}
          aria-valuetext={delayMs === 0 ? 'off' : countOf(delayMs / 1_000, 'second')}
          onChange={(event) => void setDelay(Number(event.target.value))}
        />
        <output htmlFor={id}>{delayMs === 0 ? 'off' : `${delayMs / 1_000} s a batch`}</output>
      </div>
      <div className="faults-fail">
        <Checkbox
          checked={current !== null && current.failBatch !== null}
          disabled={current === null}
          onChange={(checked) => void setFailBatch(checked ? batch : null)}
          description="It fails at each try, until this is off: the job retries, then pauses."
        >
          Make a batch fail
        </Checkbox>
        <CommittedNumber
          label="Number of the batch that fails"
          value={current?.failBatch ?? batch}
          min={1}
          onCommit={(next) => {
            setBatch(next)
            if (current !== null && current.failBatch !== null) void setFailBatch(next)
          }}
        />
      </div>
    </section>
  )
}
