import { X } from 'lucide-react'
import { useEffect } from 'react'
import { HostQuestion } from '../frame/HostQuestion.tsx'
import type { Notice } from '../frame/stores/activity.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { shellText } from './texts.ts'

const SHOWN_MS = 7_000

export function Notices() {
  const { say } = useWords()
  const notices = useStoreState(activityStore, (state) => state.notices)
  const inDialog = useStoreState(viewStore, (state) => state.dialog.kind !== 'none')
  return (
    <section className="app-notices" aria-label={say(shellText.notices.label)} aria-live="polite">
      {!inDialog && <HostQuestion />}
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

/** Shows a notice. A success disappears by itself; an error stays until dismissed. */
function NoticeCard({ notice }: { notice: Notice }) {
  const activity = useStore(activityStore)
  const view = useStore(viewStore)
  const { say } = useWords()
  const { id, title, error, link } = notice
  useEffect(() => {
    if (error !== null) return
    const timer = setTimeout(() => activity.getState().dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [activity, id, error])
  const dismiss = (
    <button
      type="button"
      className="ui-icon-button"
      aria-label={say(shellText.notices.dismiss)}
      onClick={() => activity.getState().dismiss(id)}
    >
      <X size={14} />
    </button>
  )
  if (error !== null) {
    return (
      <div className="app-notice">
        <ErrorNotice error={error} title={say(title)} action={dismiss} />
      </div>
    )
  }
  return (
    <div className="app-notice app-notice-done">
      <span className="app-notice-text">{say(title)}</span>
      {link !== null && (
        <button type="button" className="ui-link" onClick={() => view.getState().go(link.location)}>
          {say(link.label)}
        </button>
      )}
      {dismiss}
    </div>
  )
}
