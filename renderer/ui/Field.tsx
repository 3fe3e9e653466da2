import { type ReactNode, useId } from 'react'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
  /** Renders the control with the id that connects it to its label. */
  children: (controlId: string) => ReactNode
}

/** Shows a labelled control of a form, with its hint and its error. */
export function Field({ label, hint, error = null, children }: FieldProps) {
  const id = useId()
  return (
    <div className="ui-field">
      <label htmlFor={id} className="ui-field-label">
        {label}
      </label>
      {children(id)}
      {hint !== undefined && <p className="ui-field-hint">{hint}</p>}
      {error !== null && (
        <p role="alert" className="ui-field-error">
          {error}
        </p>
      )}
    </div>
  )
}
