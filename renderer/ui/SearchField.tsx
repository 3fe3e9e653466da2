import { Search, X } from 'lucide-react'
import type { Ref } from 'react'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  ref?: Ref<HTMLInputElement>
}

export function SearchField({ label, value, onChange, placeholder = label, ref }: SearchFieldProps) {
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
        <button type="button" className="ui-search-clear" aria-label="Clear search" onClick={() => onChange('')}>
          <X size={13} />
        </button>
      )}
    </div>
  )
}
