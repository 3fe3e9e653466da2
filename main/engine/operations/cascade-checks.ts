import { operationText } from '#text/english/operations'
import type { Plan } from '../cascade/plan.ts'
import type { PlanningContext, ResolvedRequest } from '../cascade/planning-kind.ts'
import { EngineError, recordNotFound } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import { findPlanHolder } from '../store/holds.ts'
import { administratorOf } from '../store/owners.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import type { Work } from './context.ts'
import { heldByCascade, recordHeld } from './holds.ts'
import { deleteBlocked } from './kinds/blockers.ts'
import { kindOf } from './kinds/kind-of.ts'

/** Refuses to remove the administrator, without whom nobody could be asked to do anything. */
export function checkNotAdmin({ connection }: Pick<Work, 'connection'>, { operation, table, root }: ResolvedRequest): void {
  const { removesRoot } = kindOf(operation)
  if (!removesRoot || table.definition.logicalName !== 'systemuser') return
  const administrator = administratorOf(connection)
  if (administrator.row !== root) return
  throw new EngineError('CASCADE_REFUSED', operationText.administratorStays({ user: administrator.name }), {
    hint: operationText.otherUsersHint,
  })
}

/**
 * Checks what must still hold when a plan is applied.
 * @throws RECORD_NOT_FOUND for a record of the request that is gone, CASCADE_REFUSED for a precondition that does not hold
 */
export function checkRequest({ connection, model }: Work, request: ResolvedRequest): void {
  const kind = kindOf(request.operation)
  for (const row of kind.rows(request))
    if (!rowExists(connection, request.table, row))
      throw recordNotFound(request.table.definition.logicalName, describeRow(connection, request.table, row).id)
  kind.checkPreconditions(connection, model, request)
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

/** @throws CASCADE_REFUSED for blocking rows, or a precondition that does not hold. */
export function checkPlan(work: Work, plan: Plan): void {
  const { kind, request } = plan
  kind.checkPreconditions(work.connection, work.model, request)
  checkBlockers(work, plan)
}

/** @throws CASCADE_REFUSED where rows forbid the operation. */
export function checkBlockers(context: PlanningContext, plan: Plan): void {
  const blockers = plan.kind.findBlockers(context, plan)
  if (blockers.count > 0) throw deleteBlocked(blockers)
}
