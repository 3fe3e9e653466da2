import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'

export interface SelectOption<V extends string> {
  value: V
  label: string
  /** A second, quieter line. */
  description?: string
}

interface SelectProps<V extends string> {
  label: string
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  disabled?: boolean
  className?: string
}

/** A choice among few options. `label` is for screen readers; the surrounding field shows the visible label. */
export function Select<V extends string>({ label, value, options, onChange, disabled = false, className = '' }: SelectProps<V>) {
  const shown = options.find((option) => option.value === value)
  return (
    <Base.Root value={value} disabled={disabled} onValueChange={(next) => next !== null && onChange(next as V)}>
      <Base.Trigger className={`ui-select ${className}`} aria-label={label}>
        <span className="ui-select-value">{shown?.label ?? value}</span>
        <ChevronsUpDown size={13} aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="ui-layer" alignItemWithTrigger={false}>
          <Base.Popup className="ui-popup ui-select-popup">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className="ui-item">
                <span className="ui-item-check">
                  <Base.ItemIndicator>
                    <Check size={13} />
                  </Base.ItemIndicator>
                </span>
                <span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.description !== undefined && <span className="ui-item-description">{option.description}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
