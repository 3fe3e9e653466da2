import { useRef } from 'react'
import { useWords } from '../../text/words.ts'
import { recordText } from './texts.ts'

const NARROWEST = 60
const WIDEST = 900
const STEP = 16

const within = (width: number): number => Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))

/** The edge of a column's heading, which is moved by dragging or by the arrow keys. */
export function ColumnResizer({ label, width, onResize }: { label: string; width: number; onResize: (width: number) => void }) {
  const { say } = useWords()
  const start = useRef<{ x: number; width: number } | null>(null)
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={say(recordText.columns.width({ column: label }))}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      className="records-resizer"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => start.current !== null && onResize(within(start.current.width + event.clientX - start.current.x))}
      onPointerUp={() => {
        start.current = null
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(within(width - STEP))
        if (event.key === 'ArrowRight') onResize(within(width + STEP))
      }}
    />
  )
}
