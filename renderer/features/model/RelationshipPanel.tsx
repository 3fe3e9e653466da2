import { type ReactNode, useState } from 'react'
import type { ErrorData } from '#engine/contract/errors'
import { CASCADE_ACTIONS, type CascadeConfiguration, type RelationshipDefinition } from '#engine/contract/tables'
import { errorDataOf } from '../../frame/bridge.ts'
import { SidePanel } from '../../frame/Screen.tsx'
import { activityStore } from '../../frame/stores/activity.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Select } from '../../ui/Select.tsx'
import { ActionSetting } from './ActionSetting.tsx'
import { PRESET_VALUES, PRESETS, type Preset, presetOf } from './cascade-words.ts'
import { TableMark } from './TableMark.tsx'
import { modelText } from './texts.ts'

const { relationship: text } = modelText

/** Shows a relationship and its cascade settings. A refused change stays in the form, with the platform's reason. */
export function RelationshipPanel({ relationship, onClose }: { relationship: RelationshipDefinition; onClose: () => void }) {
  const { say } = useWords()
  const model = useStore(modelStore)
  const view = useStore(viewStore)
  const activity = useStore(activityStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const [draft, setDraft] = useState<Partial<CascadeConfiguration>>({})
  const [error, setError] = useState<ErrorData | null>(null)
  const [saving, setSaving] = useState(false)

  const cascade = { ...relationship.cascade, ...draft }
  const preset = presetOf(cascade)
  const changed = CASCADE_ACTIONS.filter((action) => cascade[action] !== relationship.cascade[action])
  const nameOf = (table: string) => tables.get(table)?.displayName ?? table
  const editable = relationship.kind === 'data'

  const save = async () => {
    setSaving(true)
    setError(null)
    try {
      const change = Object.fromEntries(changed.map((action) => [action, cascade[action]]))
      await model.getState().changeRelationship(relationship.schemaName, change)
      setDraft({})
      activity.getState().announce(text.saved({ relationship: relationship.schemaName }))
    } catch (thrown) {
      setError(errorDataOf(thrown))
    } finally {
      setSaving(false)
    }
  }
  const linkTo = (table: string) => (name: ReactNode) => (
    <button
      type="button"
      className="ui-link"
      onClick={() => view.getState().go({ screen: 'model', table, relationship: relationship.schemaName })}
    >
      {name}
    </button>
  )
  return (
    <SidePanel label={say(text.label)} title={relationship.schemaName} onClose={onClose}>
      <p className="model-direction">
        <Text
          of={text.direction({
            parentTable: nameOf(relationship.referenced),
            childTable: nameOf(relationship.referencing),
            attribute: relationship.attribute,
          })}
          tags={{
            parent: linkTo(relationship.referenced),
            child: linkTo(relationship.referencing),
            quiet: (inside) => <span className="ui-muted">{inside}</span>,
            column: (inside) => <span className="ui-mono">{inside}</span>,
          }}
        />{' '}
        <TableMark {...relationship} />
      </p>
      {relationship.kind === 'ownership' && <p className="ui-muted">{say(text.ownership)}</p>}
      <div className="model-preset">
        <span className="ui-label" id="model-preset-label">
          {say(text.behavior)}
        </span>
        <Select
          label={say(text.behavior)}
          value={preset}
          disabled={!editable}
          options={PRESETS.map((value) => ({ value, label: say(modelText.preset[value]) }))}
          onChange={(value: Preset) => value !== 'Custom' && setDraft({ ...draft, ...PRESET_VALUES[value] })}
        />
      </div>
      {error !== null && <ErrorNotice error={error} title={say(text.notChanged)} />}
      <ul className="model-settings">
        {CASCADE_ACTIONS.map((action) => (
          <ActionSetting
            key={action}
            action={action}
            relationship={relationship}
            cascade={cascade}
            parent={nameOf(relationship.referenced)}
            child={nameOf(relationship.referencing)}
            editable={editable}
            onChange={(type) => setDraft({ ...draft, [action]: type })}
          />
        ))}
      </ul>
      {changed.length > 0 && (
        <div className="model-save">
          <Button variant="primary" disabled={saving} onClick={() => void save()}>
            {say(text.save)}
          </Button>
          <Button
            disabled={saving}
            onClick={() => {
              setDraft({})
              setError(null)
            }}
          >
            {say(text.discard)}
          </Button>
          <span className="ui-muted ui-small">{say(text.changedActions({ actions: changed }))}</span>
        </div>
      )}
    </SidePanel>
  )
}
