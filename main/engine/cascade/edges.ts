import type { CascadeOperation, PlanAction } from '../contract/cascades.ts'
import type { CascadeType } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable, Edge } from '../model/compiled-model.ts'

/** An edge along which a cascade goes, with its action on the children. */
export interface TravelledEdge extends Edge {
  action: PlanAction
}

/** Returns the edges along which the operation cascades from rows of this table. `move` and `check` differ by level, see planCascade. */
export function travelledEdges(model: CompiledModel, table: CompiledTable, operation: CascadeOperation): TravelledEdge[] {
  const edges = model.edgesFrom(table, operation)
  switch (operation) {
    // Organization-owned children have no owner: an assign skips them and everything below them. Reference, section 1.5.
    case 'Assign':
      return edges.filter(({ behavior, child }) => child.hasOwner && isDown(behavior)).map((edge) => ({ ...edge, action: 'assign' }))
    case 'Delete':
      return edges.filter(({ behavior }) => isDown(behavior)).map((edge) => ({ ...edge, action: 'delete' }))
    case 'Merge':
      return edges.filter(({ behavior }) => isDown(behavior)).map((edge) => ({ ...edge, action: 'check' }))
  }
}

export const isDown = (behavior: CascadeType): boolean => behavior === 'Cascade' || behavior === 'Active' || behavior === 'UserOwned'

export const removeLinkEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  model.edgesFrom(table, 'Delete').filter(({ behavior }) => behavior === 'RemoveLink')

export const restrictEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  model.edgesFrom(table, 'Delete').filter(({ behavior }) => behavior === 'Restrict')

/** Returns the edges with children that still point to a deleted row: all children, or those that the type excludes. */
export const danglingEdges = (model: CompiledModel, table: CompiledTable): Edge[] =>
  model.edgesFrom(table, 'Delete').filter(({ behavior }) => behavior === 'NoCascade' || behavior === 'Active' || behavior === 'UserOwned')

/**
 * Returns whether a row could be reached twice: if its table is reached through two lookups or through two relationships of the same
 * tables, or if it is the root's table. Otherwise each row is reached once, because a lookup has one value, and the plan needs no
 * check for duplicates.
 */
export function canReachTwice(model: CompiledModel, root: CompiledTable, operation: CascadeOperation): boolean {
  const lookups = new Map<CompiledTable, string>()
  const visited = new Set([root])
  const open = [root]
  for (let table = open.pop(); table; table = open.pop()) {
    const down = travelledEdges(model, table, operation)
    const reached = operation === 'Delete' ? [...down, ...removeLinkEdges(model, table)] : down
    const ends = new Set<string>()
    for (const { child, attribute } of reached) {
      const end = `${child.number} ${attribute}`
      if (child === root || (lookups.has(child) && lookups.get(child) !== attribute) || ends.has(end)) return true
      lookups.set(child, attribute)
      ends.add(end)
    }
    for (const { child } of down) {
      if (visited.has(child)) continue
      visited.add(child)
      open.push(child)
    }
  }
  return false
}
