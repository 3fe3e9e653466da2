import { deleteBlocked, findBlockers } from '../cascade/blockers.ts'
import { checkMerge } from '../cascade/merge-checks.ts'
import type { Plan } from '../cascade/plan.ts'
import type { ResolvedRequest } from '../cascade/request.ts'
import { EngineError } from '../contract/errors.ts'
import { ADMIN_NAME } from '../model/system-model.ts'
import type { Session } from '../session/session.ts'
import { findPlanHolder } from '../store/holds.ts'
import { jobStatements } from '../store/jobs.ts'
import { readStored } from '../store/records.ts'
import { describeRow, findOwner } from '../store/rows.ts'
import type { Work } from './context.ts'
import { heldByCascade, recordHeld } from './holds.ts'

/** Checks that the administrator is not deleted or merged away, because every environment needs one. */
export function checkNotAdmin(
  { connection, model }: Pick<Work, 'connection' | 'model'>,
  { operation, table, root }: ResolvedRequest,
): void {
  if (operation === 'Assign' || table.definition.logicalName !== 'systemuser' || findOwner(connection, model, ADMIN_NAME)?.row !== root)
    return
  throw new EngineError('CASCADE_REFUSED', `The user ${ADMIN_NAME} is part of every environment and cannot be deleted.`, {
    hint: 'Disable or delete other users.',
  })
}

/** Returns whether an assign changes nothing: the owner is the same and no cancelled assign left the tree unfinished. Section 1.7. */
export function changesNothing({ connection }: Pick<Work, 'connection'>, resolved: ResolvedRequest): boolean {
  if (resolved.operation !== 'Assign') return false
  const root = readStored(connection, resolved.table, resolved.root)
  if (root?.ownerid !== resolved.owner.row) return false
  const last = jobStatements(connection).lastOf.get(resolved.root, 'Assign')
  return last?.statuscode !== 32 || last.failing_item === null
}

/** @throws RECORD_HELD if a batch of a job other than `except`, or another synchronous cascade, holds a record of the plan */
export function checkPlanFree(
  { connection, heldPlan }: Pick<Session, 'connection' | 'heldPlan'>,
  { table, groups }: Plan,
  except = 0,
): void {
  const holder = findPlanHolder(connection, table, except)
  const shared = heldPlan && heldPlan !== table ? table.findShared(heldPlan) : undefined
  const row = holder?.heldRow ?? shared
  if (row === undefined) return
  const found = groups.find((group) => table.has(group, row))?.table ?? groups[0]?.table
  if (!found) return
  throw holder ? recordHeld(connection, found, holder) : heldByCascade(found.definition.logicalName, describeRow(connection, found, row).id)
}

/** @throws CASCADE_REFUSED for a blocked delete, or a merge whose preconditions are not met */
export function checkPlan({ connection, model, settings }: Work, plan: Plan): void {
  if (plan.request.operation === 'Merge') checkMerge(connection, model, plan.request)
  if (plan.request.operation !== 'Delete') return
  const blockers = findBlockers(connection, model, settings, plan)
  if (blockers.count > 0) throw deleteBlocked(blockers)
}
