import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../text/words.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { frameText } from './texts.ts'

interface ScreenProps {
  title: ReactNode
  /** One sentence about what is shown. */
  sentence?: ReactNode
  actions?: ReactNode
  /** Whether the content scrolls by itself, like grids. */
  fills?: boolean
  side?: ReactNode
  children: ReactNode
}

/** Lays out the main area, with a side panel for the selected item. */
export function Screen({ title, sentence, actions, fills = false, side = null, children }: ScreenProps) {
  return (
    <div className={side === null ? 'app-subject' : 'app-subject app-subject-with-side'}>
      <main className={fills ? 'app-main app-main-fills' : 'app-main'} tabIndex={fills ? undefined : -1}>
        <header className="app-heading">
          <div className="app-heading-text">
            <h1 className="app-title">{title}</h1>
            {sentence !== undefined && <p className="app-sentence">{sentence}</p>}
          </div>
          {actions !== undefined && <div className="app-actions">{actions}</div>}
        </header>
        {children}
      </main>
      {side}
    </div>
  )
}

interface SidePanelProps {
  label: string
  title: ReactNode
  onClose: () => void
  actions?: ReactNode
  children: ReactNode
}

/** The side panel, with details of the selected item. Esc closes it. */
export function SidePanel({ label, title, onClose, actions, children }: SidePanelProps) {
  const { say } = useWords()
  return (
    <aside
      className="app-side"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header className="app-side-header">
        <h2 className="app-side-title">{title}</h2>
        <IconButton label={say(frameText.closePanel)} keys="Esc" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      {actions !== undefined && <div className="app-side-actions">{actions}</div>}
      <div className="app-side-body">{children}</div>
    </aside>
  )
}
