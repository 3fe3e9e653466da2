import { useCallback, useMemo } from 'react'
import type { TableDefinition } from '#engine/contract/tables'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { Field } from '../../ui/Field.tsx'
import { countOf } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select } from '../../ui/Select.tsx'
import { GenerateOwners } from './GenerateOwners.tsx'
import type { GenerateDraft } from './generate-rule.ts'

interface GenerateFormProps {
  draft: GenerateDraft
  definition: TableDefinition | undefined
  disabled: boolean
  onChange: (change: Partial<GenerateDraft>) => void
}

const SHAPES: { value: GenerateDraft['shape']; label: string; description: string }[] = [
  { value: 'count', label: 'A number of records', description: 'Not linked to others' },
  { value: 'per', label: 'For each parent', description: 'Linked through a relationship' },
  { value: 'chain', label: 'A chain', description: 'Each the parent of the next' },
]

export function GenerateForm({ draft, definition, disabled, onChange }: GenerateFormProps) {
  const model = useStoreState(modelStore, (state) => state.model)
  const counts = useStoreState(modelStore, (state) => state.counts)
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
  const links = (model?.relationships ?? []).filter(
    (relationship) =>
      relationship.kind === 'data' &&
      relationship.referencing === draft.table &&
      (draft.shape !== 'chain' || relationship.referenced === draft.table),
  )
  const states = definition?.columns.find((column) => column.type === 'State')?.options ?? []
  return (
    <fieldset className="dialogs-form dialogs-plain" disabled={disabled}>
      <div className="ui-field">
        <span className="ui-field-label">Table</span>
        <SearchSelect
          label="Table"
          placeholder="Choose a table"
          value={tables.find((table) => table.key === draft.table) ?? null}
          find={find}
          disabled={disabled}
          onChange={(item) => onChange({ table: item.key, relationship: '', states: {} })}
        />
      </div>
      <div className="ui-field">
        <span className="ui-field-label">How many</span>
        <Select
          label="How many"
          value={draft.shape}
          options={SHAPES}
          disabled={disabled}
          onChange={(shape) => onChange({ shape, relationship: '' })}
        />
      </div>
      {draft.shape !== 'count' && (
        <div className="ui-field">
          <span className="ui-field-label">Relationship</span>
          <Select
            label="Relationship"
            value={draft.relationship}
            disabled={disabled || links.length === 0}
            options={links.map((link) => ({
              value: link.schemaName,
              label: `${link.referenced} (${link.attribute})`,
              description: `${link.schemaName}, ${countOf(counts[link.referenced] ?? 0, 'parent')}`,
            }))}
            onChange={(relationship) => onChange({ relationship })}
          />
          {links.length === 0 && (
            <p className="ui-field-hint">
              {draft.shape === 'chain' ? 'This table has no lookup to itself.' : 'This table has no parents.'}
            </p>
          )}
        </div>
      )}
      <Field label={draft.shape === 'per' ? 'Records for each parent' : draft.shape === 'chain' ? 'Length of the chain' : 'Records'}>
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
          <span className="ui-field-label">States, in per cent (empty: all active)</span>
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
