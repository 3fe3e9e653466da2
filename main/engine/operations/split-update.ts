import { storeText } from '#text/english/store'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { FieldInput, RecordInput, RecordRef } from '../contract/records.ts'
import type { OwnerInput } from '../contract/security.ts'
import { isOwnerInput } from '../store/owners.ts'

/** What one update asks for, by the operations that carry it out. */
export interface UpdateParts {
  /** The new owner, which is an assign; `undefined` if the owner is left alone. */
  owner: OwnerInput | undefined
  /** The new owning business unit, which is an assign too; `undefined` if it is left alone. */
  unit: RecordRef | undefined
  /** All other columns. */
  others: RecordInput
}

const STATE_COLUMNS: ReadonlySet<string> = new Set(['statecode', 'statuscode'])

/**
 * Splits an update into the assign to a new owner or business unit and the update of all other columns. A changed lookup stays among those:
 * what its row inherits follows from the update.
 * @throws INPUT_INVALID with 0x80040229 for an `ownerid` that states no user or team, and for an `owningbusinessunit` that states none
 */
export function splitUpdate({ ownerid, owningbusinessunit, ...others }: RecordInput): UpdateParts {
  if (ownerid !== undefined && !isOwnerInput(ownerid))
    throw new EngineError('INPUT_INVALID', storeText.ownerInvalid, {
      platform: 'InvalidOwnerID',
      details: { ownerid },
    })
  return { owner: ownerid, unit: unitIn(owningbusinessunit), others }
}

/** Returns whether an update changes who owns a record, or where. */
export const isAssign = ({ owner, unit }: UpdateParts): boolean => owner !== undefined || unit !== undefined

function unitIn(given: FieldInput | undefined): RecordRef | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'string') return { table: 'businessunit', id: given }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given
  throw inputInvalid(storeText.unitInvalid, { column: 'owningbusinessunit', given })
}

/** Splits an update into other columns, which are written first, and the state; one empty update if there is nothing to write. */
export function splitState(values: RecordInput): RecordInput[] {
  const entries = Object.entries(values)
  const parts = [false, true]
    .map((isState) => Object.fromEntries(entries.filter(([name]) => STATE_COLUMNS.has(name) === isState)))
    .filter((part) => Object.keys(part).length > 0)
  return parts.length > 0 ? parts : [{}]
}
