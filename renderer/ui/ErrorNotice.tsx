import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ErrorData } from '#engine/contract/errors'

interface ErrorNoticeProps {
  error: ErrorData
  /** What failed, where the surroundings do not say it: `The change was not saved`. */
  title?: string
  /** What can be done here and now. */
  action?: ReactNode
}

/** The one way an error looks: what happened, why, what to do next, and the codes in small print. */
export function ErrorNotice({ error, title, action }: ErrorNoticeProps) {
  const place = placeOf(error)
  const codes = [error.platformCode, error.platformName, error.code].filter((code) => code !== null)
  return (
    <div role="alert" className="ui-error">
      <CircleAlert size={16} aria-hidden />
      <div className="ui-error-text">
        {title !== undefined && <p className="ui-error-title">{title}</p>}
        <p>{error.message}</p>
        {place !== '' && <p className="ui-mono">{place}</p>}
        {error.hint !== null && <p className="ui-error-hint">{error.hint}</p>}
        <p className="ui-error-code">{codes.join(' · ')}</p>
      </div>
      {action}
    </div>
  )
}

/** `index.ts:12:5`, where the error knows the place in a file and its message does not name it. */
function placeOf({ message, details: { file, line, column } }: ErrorData): string {
  if (typeof file !== 'string' || message.includes(file)) return ''
  return [file, line, column].filter((part) => typeof part === 'string' || typeof part === 'number').join(':')
}
