import { useWords } from '../text/words.ts'
import { ui } from './texts.ts'

interface ProgressBarProps {
  label: string
  done: number
  /** Null while unknown. */
  total: number | null
  tone?: 'accent' | 'held' | 'failed' | 'completed'
}

export function ProgressBar({ label, done, total, tone = 'accent' }: ProgressBarProps) {
  const { say, count } = useWords()
  const share = total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <div
      className={`ui-progress ui-progress-${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      aria-valuetext={total === null ? count(done) : say(ui.progress({ done, total }))}
    >
      <div
        className={share === null ? 'ui-progress-unknown' : 'ui-progress-fill'}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  )
}
