import { useEffect, useState } from 'react'

interface CommittedNumberProps {
  label: string
  value: number
  min: number
  disabled?: boolean
  onCommit: (value: number) => void
}

/** A number field that commits on blur or Enter, not with every digit. Esc restores the old number. */
export function CommittedNumber({ label, value, min, disabled = false, onCommit }: CommittedNumberProps) {
  const [text, setText] = useState(String(value))
  useEffect(() => setText(String(value)), [value])
  const commit = () => {
    const next = Math.floor(Number(text))
    if (text.trim() === '' || Number.isNaN(next) || next < min) setText(String(value))
    else if (next !== value) onCommit(next)
  }
  return (
    <input
      className="ui-input"
      type="number"
      min={min}
      disabled={disabled}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setText(String(value))
      }}
    />
  )
}
