import { Skull } from 'lucide-react'
import { useState } from 'react'
import { faultsStore } from '../../frame/stores/faults.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Time } from '../../ui/Time.tsx'
import { faultsText } from './texts.ts'

const { worker: text } = faultsText

/** Control to end the worker thread, after which the job continues in a new one. */
export function WorkerFault() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const [killedMs, setKilledMs] = useState<number | null>(null)
  return (
    <section className="faults-section" aria-label={say(text.heading)}>
      <p className="faults-title">{say(text.heading)}</p>
      <p className="ui-muted">{say(text.explanation)}</p>
      <div className="faults-buttons">
        <Button
          icon={<Skull size={14} aria-hidden />}
          onClick={async () => {
            if (await faults.getState().killWorker()) setKilledMs(Date.now())
          }}
        >
          {say(text.kill)}
        </Button>
        {killedMs !== null && (
          <span className="ui-muted" role="status">
            <Text of={text.killed} tags={{ time: () => <Time key={killedMs} ms={killedMs} /> }} />
          </span>
        )}
      </div>
    </section>
  )
}
