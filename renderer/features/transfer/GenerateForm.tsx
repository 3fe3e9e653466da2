import { useCallback, useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { useCounts } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Field } from '../../ui/Field.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select } from '../../ui/Select.tsx'
import { GenerateOwners } from './GenerateOwners.tsx'
import type { GenerateDraft } from './generate-rule.ts'
import { transferText } from './texts.ts'

interface GenerateFormProps {
  draft: GenerateDraft
  definition: TableDefinition | undefined
  disabled: boolean
  onChange: (change: Partial<GenerateDraft>) => void
}

const SHAPES: GenerateDraft['shape'][] = ['count', 'per', 'chain']
const { generate: text } = transferText

export function GenerateForm({ draft, definition, disabled, onChange }: GenerateFormProps) {
  const { say } = useWords()
  const model = useStoreState(modelStore, (state) => state.model)
  const tables = useMemo(
    () =>
      (model?.tables ?? [])
        .filter((table) => table.origin !== 'system')
        .map(
          (table): FoundItem => ({ key: table.logicalName, label: table.displayName ?? table.logicalName, description: table.logicalName }),
        ),
    [model],
  )
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      return tables.filter((table) => table.key.includes(wanted) || table.label.toLowerCase().includes(wanted)).slice(0, 60)
    },
    [tables],
  )
  const links = useMemo(
    () =>
      (model?.relationships ?? []).filter(
        ({ kind, referencing, referenced }) =>
          kind === 'data' && referencing === draft.table && (draft.shape !== 'chain' || referenced === draft.table),
      ),
    [model, draft.table, draft.shape],
  )
  const counts = useCounts(useMemo(() => links.map(({ referenced }) => referenced), [links]))
  const states = definition?.columns.find((column) => column.type === 'State')?.options ?? []
  return (
    <fieldset className="dialogs-form dialogs-plain" disabled={disabled}>
      <div className="ui-field">
        <span className="ui-field-label">{say(transferText.table)}</span>
        <SearchSelect
          label={say(transferText.table)}
          placeholder={say(transferText.chooseTable)}
          value={tables.find((table) => table.key === draft.table) ?? null}
          find={find}
          disabled={disabled}
          onChange={(item) => onChange({ table: item.key, relationship: '', states: {} })}
        />
      </div>
      <div className="ui-field">
        <span className="ui-field-label">{say(text.howMany)}</span>
        <Select
          label={say(text.howMany)}
          value={draft.shape}
          options={SHAPES.map((value) => ({
            value,
            label: say(text.shape[value].label),
            description: say(text.shape[value].description),
          }))}
          disabled={disabled}
          onChange={(shape) => onChange({ shape, relationship: '' })}
        />
      </div>
      {draft.shape !== 'count' && (
        <div className="ui-field">
          <span className="ui-field-label">{say(text.relationship)}</span>
          <Select
            label={say(text.relationship)}
            value={draft.relationship}
            disabled={disabled || links.length === 0}
            options={links.map((link) => ({
              value: link.schemaName,
              label: `${link.referenced} (${link.attribute})`,
              description: say(text.parents({ relationship: link.schemaName, count: counts[link.referenced] ?? 0 })),
            }))}
            onChange={(relationship) => onChange({ relationship })}
          />
          {links.length === 0 && <p className="ui-field-hint">{say(text.noLink[draft.shape])}</p>}
        </div>
      )}
      <Field label={say(text.amount[draft.shape])}>
        {(id) => (
          <input
            id={id}
            className="ui-input"
            type="number"
            min={1}
            step={1}
            value={draft.shape === 'per' ? draft.perParent : draft.count}
            onChange={(event) => {
              const value = Math.max(0, Math.floor(event.target.valueAsNumber || 0))
              onChange(draft.shape === 'per' ? { perParent: value } : { count: value })
            }}
          />
        )}
      </Field>
      {definition?.ownership === 'UserOwned' && (
        <GenerateOwners chosen={draft.owners} disabled={disabled} onChange={(owners) => onChange({ owners })} />
      )}
      {states.length > 1 && (
        <div className="ui-field">
          <span className="ui-field-label">{say(text.states)}</span>
          <div className="dialogs-states">
            {states.map((state) => (
              <label key={state.value}>
                {state.label ?? state.value}
                <input
                  className="ui-input"
                  type="number"
                  min={0}
                  max={100}
                  value={draft.states[state.value] ?? ''}
                  onChange={(event) =>
                    onChange({ states: { ...draft.states, [state.value]: Math.max(0, event.target.valueAsNumber || 0) } })
                  }
                />
              </label>
            ))}
          </div>
        </div>
      )}
    </fieldset>
  )
}
