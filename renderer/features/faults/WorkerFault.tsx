import { Skull } from 'lucide-react'
import { useState } from 'react'
import { faultsStore } from '../../frame/stores/faults.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Time } from '../../ui/Time.tsx'

/** Control to end the worker thread, after which the job continues in a new one. */
export function WorkerFault() {
  const faults = useStore(faultsStore)
  const [killedMs, setKilledMs] = useState<number | null>(null)
  return (
    <section className="faults-section" aria-label="Batch worker">
      <p className="faults-title">Batch worker</p>
      <p className="ui-muted">Its thread ends without warning. A new one takes over at the last committed batch.</p>
      <div className="faults-buttons">
        <Button
          icon={<Skull size={14} aria-hidden />}
          onClick={async () => {
            if (await faults.getState().killWorker()) setKilledMs(Date.now())
          }}
        >
          Kill the worker
        </Button>
        {killedMs !== null && (
          <span className="ui-muted" role="status">
            killed <Time key={killedMs} ms={killedMs} />
          </span>
        )}
      </div>
    </section>
  )
}
