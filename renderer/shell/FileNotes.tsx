import { TriangleAlert } from 'lucide-react'
import { activityStore } from '../frame/stores/activity.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { shellText } from './texts.ts'

/** Says what the user should know about the open file: jobs of somebody else's that are held, and settings that were not valid. */
export function FileNotes() {
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const activity = useStore(activityStore)
  const view = useStore(viewStore)
  const info = useStoreState(environmentStore, (state) => state.info)
  if (info === null || (info.heldJobs === 0 && info.notices.length === 0)) return null
  const continueJobs = () =>
    environment
      .getState()
      .continueJobs()
      .catch((error: unknown) => activity.getState().reportError(shellText.fileNotes.notContinued, error))
  return (
    <section className="app-file-notes" aria-label={say(shellText.fileNotes.label)}>
      {info.heldJobs > 0 && (
        <div className="app-file-note">
          <TriangleAlert size={15} aria-hidden />
          <span className="app-file-note-text">{say(shellText.fileNotes.heldJobs({ count: info.heldJobs }))}</span>
          <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'jobs', jobId: null })}>
            {say(shellText.fileNotes.showJobs)}
          </button>
          <Button variant="quiet" onClick={() => void continueJobs()}>
            {say(shellText.fileNotes.continueJobs)}
          </Button>
        </div>
      )}
      {info.notices.map((notice) => (
        <div key={JSON.stringify(notice)} className="app-file-note">
          <TriangleAlert size={15} aria-hidden />
          <span className="app-file-note-text">{say(notice)}</span>
        </div>
      ))}
    </section>
  )
}
