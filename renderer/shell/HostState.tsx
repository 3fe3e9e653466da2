import { CircleAlert } from 'lucide-react'
import { connectionStore } from '../frame/stores/connection.ts'
import { useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { shellText } from './texts.ts'

/** Says that the host has gone, or what its closing waits for: above everything, without touching what was typed. */
export function HostState() {
  const { say } = useWords()
  const isLost = useStoreState(connectionStore, (state) => state.isLost)
  const waitsFor = useStoreState(connectionStore, (state) => state.closingWaitsFor)
  return (
    <div className="app-host-place" aria-live="assertive">
      {isLost && (
        <p className="app-host-state">
          <CircleAlert size={16} aria-hidden />
          <span>
            <strong>{say(shellText.lost.title)}</strong> {say(shellText.lost.explanation)}
          </span>
        </p>
      )}
      {waitsFor !== null && (
        <p className="app-host-state">
          <span>{say(shellText.closingWaits({ work: waitsFor.map(say).join(', ') }))}</span>
        </p>
      )}
    </div>
  )
}
