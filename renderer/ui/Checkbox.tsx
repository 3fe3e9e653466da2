import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'

interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
  /** The meaning of the checked box, in a sentence. */
  description?: ReactNode
  disabled?: boolean
}

export function Checkbox({ checked, onChange, children, description, disabled = false }: CheckboxProps) {
  const labelId = useId()
  const descriptionId = useId()
  return (
    <div className="ui-checkbox-line">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside it is the control */}
      <label className="ui-checkbox-label">
        <Base.Root
          className="ui-checkbox"
          checked={checked}
          disabled={disabled}
          aria-labelledby={labelId}
          {...(description === undefined ? {} : { 'aria-describedby': descriptionId })}
          onCheckedChange={onChange}
        >
          <Base.Indicator className="ui-checkbox-mark">
            <Check size={12} strokeWidth={3} />
          </Base.Indicator>
        </Base.Root>
        <span id={labelId}>{children}</span>
      </label>
      {description !== undefined && (
        <p id={descriptionId} className="ui-checkbox-description">
          {description}
        </p>
      )}
    </div>
  )
}
