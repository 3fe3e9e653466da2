import { X } from 'lucide-react'
import type { FieldInput } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { isLookup, isNumber, isRequired } from '../../frame/columns.ts'
import { useWords } from '../../text/words.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { LookupEditor } from './LookupEditor.tsx'
import { recordText } from './texts.ts'

export interface FieldEditorProps {
  label: string
  table: TableDefinition
  column: ColumnDefinition
  value: FieldInput
  /** The text for the value, such as a record's name for its id. */
  shown?: string | undefined
  id?: string
  onChange: (value: FieldInput, shown?: string) => void
}

/** Shows the control for a column's type. Empty means no value. */
export function FieldEditor(props: FieldEditorProps) {
  const { label, column, value, id, onChange } = props
  if (isLookup(column.type)) return <LookupEditor {...props} />
  if (column.type === 'Boolean' || column.options.length > 0) return <ChoiceEditor {...props} />
  if (column.type === 'Memo') {
    return (
      <textarea
        id={id}
        className="ui-input"
        rows={3}
        aria-label={label}
        {...longest(column)}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
    )
  }
  if (isNumber(column.type)) {
    return (
      <input
        id={id}
        className="ui-input"
        type="number"
        step={column.type === 'Integer' || column.type === 'BigInt' ? 1 : 'any'}
        aria-label={label}
        value={typeof value === 'number' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
      />
    )
  }
  if (column.type === 'DateTime') {
    const local = typeof value === 'string' ? value.slice(0, 16) : ''
    // Shown and entered in UTC, as stored, so that dates are the same on every computer.
    return (
      <input
        id={id}
        className="ui-input"
        type="datetime-local"
        aria-label={label}
        value={local}
        onChange={(event) => onChange(event.target.value === '' ? null : `${event.target.value}:00.000Z`)}
      />
    )
  }
  return (
    <input
      id={id}
      className="ui-input"
      aria-label={label}
      {...longest(column)}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}

const longest = ({ maxLength }: ColumnDefinition) => (maxLength === null ? {} : { maxLength })

const NO_VALUE = 'none'

function ChoiceEditor({ label, column, value, onChange }: FieldEditorProps) {
  const { say } = useWords()
  const isBoolean = column.type === 'Boolean'
  const known = column.options.map((option) => ({ value: String(option.value), label: option.label ?? String(option.value) }))
  const booleans = [
    { value: '1', label: known.find((option) => option.value === '1')?.label ?? say(recordText.yes) },
    { value: '0', label: known.find((option) => option.value === '0')?.label ?? say(recordText.no) },
  ]
  const choices = isBoolean ? booleans : known
  const current = value === null || value === undefined ? NO_VALUE : String(Number(Array.isArray(value) ? value[0] : value))
  const chosen = (next: string): FieldInput => {
    if (next === NO_VALUE) return null
    if (isBoolean) return next === '1'
    return column.type === 'MultiChoice' ? [Number(next)] : Number(next)
  }
  return (
    <span className="records-choice">
      <Select
        label={label}
        value={current}
        options={current === NO_VALUE ? [{ value: NO_VALUE, label: say(recordText.noValue) }, ...choices] : choices}
        onChange={(next) => onChange(chosen(next), choices.find((choice) => choice.value === next)?.label)}
      />
      {current !== NO_VALUE && !isRequired(column) && (
        <IconButton label={say(recordText.empty({ column: label }))} onClick={() => onChange(null)}>
          <X size={14} />
        </IconButton>
      )}
    </span>
  )
}
