import { useId, useState } from 'react'
import { faultsStore } from '../../frame/stores/faults.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { faultsText } from './texts.ts'

const LONGEST_DELAY_MS = 5_000
const STEP_MS = 250

const { batches: text } = faultsText

/** Controls for slow motion and for a batch that fails. */
export function BatchFaults() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const [batch, setBatch] = useState(current?.failBatch ?? 2)
  const id = useId()
  const delayMs = current?.batchDelayMs ?? 0
  const seconds = delayMs / 1_000
  const { setDelay, setFailBatch } = faults.getState()
  return (
    <section className="faults-section" aria-label={say(text.heading)}>
      <label className="faults-title" htmlFor={id}>
        {say(text.slowMotion)}
      </label>
      <p className="ui-muted">{say(text.slowMotionMeaning)}</p>
      <div className="faults-slider">
        <input
          id={id}
          type="range"
          min={0}
          max={LONGEST_DELAY_MS}
          step={STEP_MS}
          value={Math.min(LONGEST_DELAY_MS, delayMs)}
          disabled={current === null}
          aria-valuetext={say(delayMs === 0 ? text.off : text.delay({ seconds }))}
          onChange={(event) => void setDelay(Number(event.target.value))}
        />
        <output htmlFor={id}>{say(delayMs === 0 ? text.off : text.delayShort({ seconds }))}</output>
      </div>
      <div className="faults-fail">
        <Checkbox
          checked={current !== null && current.failBatch !== null}
          disabled={current === null}
          onChange={(checked) => void setFailBatch(checked ? batch : null)}
          description={say(text.failMeaning)}
        >
          {say(text.fail)}
        </Checkbox>
        <CommittedNumber
          label={say(text.failNumber)}
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
