import type { AccessRight } from '../contract/security.ts'
import { ACCESS_RIGHTS } from '../contract/security.ts'

/** The platform's bits of the rights to a record. Source: dataverse reference, section 1.9. */
export const RIGHT_BITS: Readonly<Record<AccessRight, number>> = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Delete: 65_536,
  Share: 262_144,
  Assign: 524_288,
}

/** All rights that an owner of a parent has by inheritance: all but Create. */
export const ALL_RIGHTS = Object.values(RIGHT_BITS).reduce((mask, bit) => mask | bit, 0)

export const maskOf = (rights: readonly AccessRight[]): number => rights.reduce((mask, right) => mask | RIGHT_BITS[right], 0)

export const rightsIn = (mask: number): AccessRight[] => ACCESS_RIGHTS.filter((right) => (mask & RIGHT_BITS[right]) !== 0)
