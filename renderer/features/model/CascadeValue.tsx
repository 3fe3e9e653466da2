import type { CascadeAction, RelationshipDefinition } from '#engine/contract/tables'
import { TYPE_LABEL } from '../../frame/cascade-types.ts'
import { TYPE_SHORT } from './cascade-words.ts'

/** Shows one action's setting in a narrow cell, and marks one that the source did not state. */
export function CascadeValue({ action, relationship }: { action: CascadeAction; relationship: RelationshipDefinition }) {
  const type = relationship.cascade[action]
  const assumed = !relationship.stated.includes(action)
  const title = `${action}: ${TYPE_LABEL[type]}${assumed ? '. Assumed: the source does not state it.' : ''}`
  return (
    <span className={`model-value model-value-${type.toLowerCase()}${assumed ? ' model-value-assumed' : ''}`} title={title}>
      {TYPE_SHORT[type]}
      {assumed && <span className="ui-hidden"> (assumed)</span>}
    </span>
  )
}
