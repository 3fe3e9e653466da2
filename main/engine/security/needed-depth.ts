import type { RowNumber } from '../contract/loader.ts'
import type { Depth } from '../contract/security.ts'

/** Where somebody stands to a record. */
interface Distance {
  isOwn: boolean
  /** The record's business unit. */
  unit: RowNumber | null
  userUnit: RowNumber | null
  unitsFrom(unit: RowNumber): readonly RowNumber[]
}

/** Returns the least depth of a privilege, counted from the user's business unit, with which a role reaches a record. */
export function neededDepth({ isOwn, unit, userUnit, unitsFrom }: Distance): Depth {
  if (isOwn) return 'Basic'
  if (unit === null || userUnit === null) return 'Global'
  if (unit === userUnit) return 'Local'
  return unitsFrom(userUnit).includes(unit) ? 'Deep' : 'Global'
}
