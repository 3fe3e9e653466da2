import { isDown } from '../../cascade/edges.ts'
import type { CascadeType } from '../../contract/tables.ts'
import type { CompiledModel, CompiledTable, Edge } from '../../model/compiled-model.ts'
import { isMasterLink } from '../../model/master-link.ts'

const edgesOf = (model: CompiledModel, table: CompiledTable, isWanted: (behavior: CascadeType) => boolean): Edge[] =>
  model.edgesFrom(table, 'Delete').filter((edge) => isWanted(behaviorOf(edge)))

/** The master of merged rows is emptied when it is deleted, whatever a model states. */
const behaviorOf = ({ relationship, behavior }: Edge): CascadeType => (isMasterLink(relationship.definition) ? 'RemoveLink' : behavior)

/** Returns the relationships whose children a delete takes along, all or some of them. */
export const deletedEdges = (model: CompiledModel, table: CompiledTable): Edge[] => edgesOf(model, table, isDown)

export const removeLinkEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  edgesOf(model, table, (behavior) => behavior === 'RemoveLink')

export const restrictEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  edgesOf(model, table, (behavior) => behavior === 'Restrict')

/** Returns the relationships whose children, all or those that the type leaves out, keep pointing to the deleted row. */
export const danglingEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  edgesOf(model, table, (behavior) => behavior === 'NoCascade' || behavior === 'Active' || behavior === 'UserOwned')
