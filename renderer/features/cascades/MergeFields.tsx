import { useId } from 'react'
import type { RecordRow } from '#engine/contract/records'
import type { ColumnDefinition } from '#engine/contract/tables'
import { cellText } from '../../frame/cell-text.ts'
import { useWords } from '../../text/words.ts'
import type { FieldChoices, Side } from './merge-fields.ts'
import { cascadeText } from './texts.ts'

interface MergeFieldsProps {
  columns: ColumnDefinition[]
  rows: Record<Side, RecordRow>
  names: Record<Side, string>
  primary: Side
  choices: FieldChoices
  onChoose: (column: string, side: Side) => void
  onlyConflicting: boolean
}

/** Lets the person choose, field by field, whose value the primary record gets. */
export function MergeFields({ columns, rows, names, primary, choices, onChoose, onlyConflicting }: MergeFieldsProps) {
  const words = useWords()
  const { say } = words
  const group = useId()
  if (columns.length === 0)
    return <p className="ui-muted">{say(onlyConflicting ? cascadeText.merge.noConflicts : cascadeText.merge.noFields)}</p>
  const cell = (column: ColumnDefinition, side: Side) => {
    const chosen = (choices[column.logicalName] ?? primary) === side
    const text = cellText(words, column, rows[side].values[column.logicalName])
    return (
      <label className={chosen ? 'dialogs-merge-value dialogs-merge-chosen' : 'dialogs-merge-value'} title={text}>
        <input
          type="radio"
          name={`${group} ${column.logicalName}`}
          checked={chosen}
          onChange={() => onChoose(column.logicalName, side)}
          aria-label={say(
            cascadeText.merge.value({
              column: column.displayName ?? column.logicalName,
              value: text || cascadeText.merge.noData,
              record: names[side],
            }),
          )}
        />
        <span>{text || <span className="ui-muted">–</span>}</span>
      </label>
    )
  }
  return (
    <div className="dialogs-merge-fields">
      {columns.map((column) => (
        <fieldset key={column.logicalName} className="dialogs-merge-field">
          <legend className="ui-field-label" title={column.logicalName}>
            {column.displayName ?? column.logicalName}
          </legend>
          {cell(column, 'first')}
          {cell(column, 'second')}
        </fieldset>
      ))}
    </div>
  )
}
