import type { CascadeType } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { PlanningKind } from './planning-kind.ts'

/** Whether a cascade of this type reaches children, all or some of them. */
export const isDown = (behavior: CascadeType): boolean => behavior === 'Cascade' || behavior === 'Active' || behavior === 'UserOwned'

/**
 * Returns whether some row could be reached twice: its table is reached through two lookups, through two relationships of the same
 * ends, or is a root's own. A row has one value in each lookup, so that otherwise each row comes once by itself and
 * nothing needs to be looked up. Where the roots are all rows of an owner, which are looked for nowhere else, their table does not count.
 */
export function canReachTwice(model: CompiledModel, roots: readonly CompiledTable[], kind: PlanningKind, isCovered = false): boolean {
  const lookups = new Map<CompiledTable, string>()
  const visited = new Set(roots)
  const open = [...roots]
  for (let table = open.pop(); table; table = open.pop()) {
    const down = kind.travelledEdges(model, table)
    const ends = new Set<string>()
    for (const { child, attribute } of [...down, ...kind.unlinkedEdges(model, table)]) {
      const end = `${child.number} ${attribute}`
      if ((!isCovered && roots.includes(child)) || (lookups.has(child) && lookups.get(child) !== attribute) || ends.has(end)) return true
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
