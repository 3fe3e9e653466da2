import { ACCESS_RIGHTS, type AccessRight } from '#engine/contract/security'
import type { ExpectationLine } from './expectation.ts'

/** Compares two sets of rights, in whatever order they are written. */
export function sameRights(path: string, expected: readonly AccessRight[], actual: readonly AccessRight[]): ExpectationLine {
  const inOrder = (rights: readonly AccessRight[]) => ACCESS_RIGHTS.filter((right) => rights.includes(right))
  const [wanted, found] = [inOrder(expected), inOrder(actual)]
  return { path, expected: wanted, actual: found, held: wanted.join() === found.join() }
}
