import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'accent' | 'held' | 'failed' | 'completed' | 'deleted'

/** Shows a classifying word; `hint` says why. */
export function Badge({ tone = 'neutral', hint, children }: { tone?: Tone; hint?: string | undefined; children: ReactNode }) {
  return (
    <span className={`ui-badge ui-badge-${tone}`} title={hint}>
      {children}
    </span>
  )
}
