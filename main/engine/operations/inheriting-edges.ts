import { isDown } from '../cascade/edges.ts'
import type { CompiledModel, CompiledTable, Edge } from '../model/compiled-model.ts'

/** A table belongs to one model, so that what follows from the model can be kept with it. */
const kept = new WeakMap<CompiledTable, Edge[]>()

/** Returns the relationships by which rows of a table inherit access from their parents: those that cascade Reparent or Share. */
export function inheritingEdges(model: CompiledModel, child: CompiledTable): Edge[] {
  const known = kept.get(child)
  if (known) return known
  const names = child.hasOwner ? model.parentalRelationships(child).map(({ definition }) => definition.referenced) : []
  const parents = [...new Set(names)].map((name) => model.table(name))
  const edges = parents.flatMap((parent) => inheritedFrom(model, parent)).filter((edge) => edge.child === child)
  kept.set(child, edges)
  return edges
}

/** Returns the relationships by which rows of a table give access to their children. */
export const inheritedFrom = (model: CompiledModel, parent: CompiledTable): Edge[] =>
  model
    .edgesFrom(parent, 'Reparent')
    .filter(
      ({ behavior, child, relationship }) =>
        parent.hasOwner && child.hasOwner && (isDown(behavior) || isDown(relationship.definition.cascade.Share)),
    )
