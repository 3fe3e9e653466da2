import type { RowNumber } from '../contract/loader.ts'
import type { Depth } from '../contract/security.ts'
import { DEPTHS } from '../contract/security.ts'

/** A privilege that somebody holds by a role: how deep, and from which business unit that is counted. */
export interface Grant {
  /** The user, or the team of the user, that holds the role. */
  principal: RowNumber
  unit: RowNumber | null
  role: number
  depth: Depth
}

/**
 * The records of a table on which somebody has a privilege: all, none, or those that they own or that were shared with them, and those
 * of some business units.
 */
export type Reach = { kind: 'all' } | { kind: 'none' } | { kind: 'some'; units: readonly RowNumber[] }

/** How far a depth reaches, as a number that can be compared. */
export const levelOf = (depth: Depth): number => DEPTHS.indexOf(depth)

/**
 * Unites what several roles grant. A privilege of any depth counts for what somebody owns, alone or by a team, and for what was shared
 * with them; Local adds the business unit of the holder, Deep those below it. A table without owners knows yes and no only.
 * Source: dataverse reference, sections 4.1, 4.2 and 4.5.
 */
export function reachOf(grants: readonly Grant[], hasOwner: boolean, unitsFrom: (unit: RowNumber) => readonly RowNumber[]): Reach {
  const held = grants.filter(({ depth }) => depth !== 'None')
  if (held.length === 0) return { kind: 'none' }
  if (!hasOwner || held.some(({ depth }) => depth === 'Global')) return { kind: 'all' }
  const units = held.flatMap(({ unit, depth }) => (unit === null ? [] : unitsOf(unit, depth, unitsFrom)))
  return { kind: 'some', units: [...new Set(units)] }
}

function unitsOf(unit: RowNumber, depth: Depth, unitsFrom: (unit: RowNumber) => readonly RowNumber[]): readonly RowNumber[] {
  if (depth === 'Local') return [unit]
  return depth === 'Deep' ? unitsFrom(unit) : []
}
