import { isDown } from '../../cascade/edges.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CascadeType } from '../../contract/tables.ts'
import type { CompiledModel, CompiledTable, Edge } from '../../model/compiled-model.ts'
import { isMasterLink } from '../../model/master-link.ts'

const edgesOf = (model: CompiledModel, table: CompiledTable, isWanted: (behavior: CascadeType) => boolean): Edge[] =>
  model.edgesFrom(table, 'Delete').filter((edge) => isWanted(behaviorOf(edge)))

/** The master of merged rows is emptied when it is deleted, whatever a model states. */
const behaviorOf = ({ relationship, behavior }: Edge): CascadeType => (isMasterLink(relationship.definition) ? 'RemoveLink' : behavior)

/**
 * Returns whether the delete of a parent would empty a lookup that must have a value, which refuses it. Imported models have such
 * relationships; that a level for forms alone counts as well is our reading. Source: scenario format, `required` on a relationship.
 */
export const needsItsParent = (edge: Edge): boolean =>
  behaviorOf(edge) === 'RemoveLink' && (edge.child.columns.get(edge.attribute)?.requiredLevel ?? 'None') !== 'None'

/** Returns the relationships whose children a delete takes along, all or some of them. */
export const deletedEdges = (model: CompiledModel, table: CompiledTable): Edge[] => edgesOf(model, table, isDown)

export const removeLinkEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  edgesOf(model, table, (behavior) => behavior === 'RemoveLink').filter((edge) => !needsItsParent(edge))

/** Returns the relationships whose children forbid the delete of their parent. */
export const restrictEdges = (model: CompiledModel, table: CompiledTable): Edge[] => [
  ...edgesOf(model, table, (behavior) => behavior === 'Restrict'),
  ...edgesOf(model, table, (behavior) => behavior === 'RemoveLink').filter(needsItsParent),
]

/**
 * Returns whether children that the same delete removes do not forbid it. Those of a Restrict do, unless the setting says otherwise; a
 * lookup that cannot be emptied is not emptied where its row goes.
 */
export const passesPlanned = ({ restrictIgnoresRowsBeingDeleted }: Settings, edge: Edge): boolean =>
  restrictIgnoresRowsBeingDeleted || needsItsParent(edge)

/** Returns the relationships whose children, all or those that the type leaves out, keep pointing to the deleted row. */
export const danglingEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  edgesOf(model, table, (behavior) => behavior === 'NoCascade' || behavior === 'Active' || behavior === 'UserOwned')
