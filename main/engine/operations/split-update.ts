import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import type { RecordInput } from '../contract/records.ts'
import type { OwnerInput } from '../contract/security.ts'
import { isOwnerInput } from '../store/owners.ts'

/** What one update asks for, by the operations that carry it out. */
export interface UpdateParts {
  /** The new owner, which is an assign; `undefined` if the owner is left alone. */
  owner: OwnerInput | undefined
  /** All columns but the owner. */
  others: RecordInput
}

const STATE_COLUMNS: ReadonlySet<string> = new Set(['statecode', 'statuscode'])

/**
 * Splits an update into the assign to a new owner and the update of all other columns. Lookups to a parent stay among those: there
 * is no Reparent yet that would cascade from them.
 * @throws INPUT_INVALID with 0x80040229 for an `ownerid` that states no user or team
 */
export function splitUpdate({ ownerid, ...others }: RecordInput): UpdateParts {
  if (ownerid !== undefined && !isOwnerInput(ownerid))
    throw new EngineError('INPUT_INVALID', storeText.ownerInvalid, {
      platform: 'InvalidOwnerID',
      details: { ownerid },
    })
  return { owner: ownerid, others }
}

/** Splits an update into other columns, which are written first, and the state; one empty update if there is nothing to write. */
export function splitState(values: RecordInput): RecordInput[] {
  const entries = Object.entries(values)
  const parts = [false, true]
    .map((isState) => Object.fromEntries(entries.filter(([name]) => STATE_COLUMNS.has(name) === isState)))
    .filter((part) => Object.keys(part).length > 0)
  return parts.length > 0 ? parts : [{}]
}
