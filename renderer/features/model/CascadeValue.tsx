import type { CascadeAction, RelationshipDefinition } from '#engine/contract/tables'
import { platform } from '#text/english/platform'
import { useWords } from '../../text/words.ts'
import { modelText } from './texts.ts'

const { relationship: text } = modelText

/** Shows one action's setting in a narrow cell, and marks one that the source did not state. */
export function CascadeValue({ action, relationship }: { action: CascadeAction; relationship: RelationshipDefinition }) {
  const { say } = useWords()
  const type = relationship.cascade[action]
  const assumed = !relationship.stated.includes(action)
  const title = say((assumed ? text.assumedSetting : text.setting)({ action, type: platform.cascadeType[type] }))
  return (
    <span className={`model-value model-value-${type.toLowerCase()}${assumed ? ' model-value-assumed' : ''}`} title={title}>
      {say(modelText.shortType[type])}
      {assumed && <span className="ui-hidden">{say(text.assumedAside)}</span>}
    </span>
  )
}
