import type { CascadeAction, CascadeConfiguration, CascadeType, RelationshipDefinition } from '#engine/contract/tables'
import { platform } from '#text/english/platform'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Select } from '../../ui/Select.tsx'
import { ALLOWED, explain, FIXED_BECAUSE } from './cascade-words.ts'
import { modelText } from './texts.ts'

const { relationship: text } = modelText

interface ActionSettingProps {
  action: CascadeAction
  relationship: RelationshipDefinition
  /** The chosen configuration, saved or not. */
  cascade: CascadeConfiguration
  parent: string
  child: string
  editable: boolean
  onChange: (type: CascadeType) => void
}

/** Shows the setting of one action of a relationship, with a sentence about its effect. */
export function ActionSetting({ action, relationship, cascade, parent, child, editable, onChange }: ActionSettingProps) {
  const { say } = useWords()
  const type = cascade[action]
  const changed = type !== relationship.cascade[action]
  const allowed = ALLOWED[action]
  const fixed = FIXED_BECAUSE[action]
  // An imported value may not be an allowed one; it stays in the list until another is chosen.
  const options = [...new Set([...allowed, type])].map((value) => ({ value, label: say(platform.cascadeType[value]) }))
  return (
    <li className="model-setting">
      <span className="model-setting-name">
        {action}
        {changed && <Badge tone="accent">{say(text.changed)}</Badge>}
        {!changed && !relationship.stated.includes(action) && <Badge hint={say(text.assumedHint)}>{say(text.assumed)}</Badge>}
      </span>
      {editable && allowed.length > 0 ? (
        <Select label={action} value={type} options={options} onChange={onChange} />
      ) : (
        <span className="model-setting-fixed" title={fixed && say(fixed)}>
          {say(platform.cascadeType[type])}
        </span>
      )}
      <p className="model-setting-text">{say(explain(action, { cascade, attribute: relationship.attribute }, parent, child))}</p>
    </li>
  )
}
