import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { useWords } from '../text/words.ts'
import { ui } from './texts.ts'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  ref?: Ref<HTMLInputElement>
}

export function SearchField({ label, value, onChange, placeholder = label, ref }: SearchFieldProps) {
  const { say } = useWords()
  return (
    <div className="ui-search">
      <Search size={14} aria-hidden />
      <input
        ref={ref}
        type="search"
        className="ui-input"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && (
        <button type="button" className="ui-search-clear" aria-label={say(ui.clearSearch)} onClick={() => onChange('')}>
          <X size={13} />
        </button>
      )}
    </div>
  )
}
