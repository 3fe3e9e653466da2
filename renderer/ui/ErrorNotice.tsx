import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ErrorData } from '#engine/contract/errors'
import { errorHint, errorMessage } from '../text/say-error.ts'
import { useWords } from '../text/words.ts'

interface ErrorNoticeProps {
  error: ErrorData
  /** What failed, if the context does not show it: `The change was not saved`. */
  title?: string
  /** A button for the next action. */
  action?: ReactNode
}

/** Shows an error: what happened, why, what to do next, and the codes. */
export function ErrorNotice({ error, title, action }: ErrorNoticeProps) {
  const words = useWords()
  const hint = errorHint(words, error)
  const codes = [error.platformCode, error.platformName, error.code].filter((code) => code !== null)
  return (
    <div role="alert" className="ui-error">
      <CircleAlert size={16} aria-hidden />
      <div className="ui-error-text">
        {title !== undefined && <p className="ui-error-title">{title}</p>}
        <p>{errorMessage(words, error)}</p>
        {hint !== null && <p className="ui-error-hint">{hint}</p>}
        <p className="ui-error-code" translate="no">
          {codes.join(' · ')}
        </p>
      </div>
      {action}
    </div>
  )
}
