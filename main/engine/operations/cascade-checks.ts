import { operationText } from '#text/english/operations'
import { checkWithoutSteps } from '../cascade/check-without-steps.ts'
import type { Plan } from '../cascade/plan.ts'
import type { PlanningContext, PlanningKind, ResolvedRequest } from '../cascade/planning-kind.ts'
import { EngineError } from '../contract/errors.ts'
import type { Session } from '../session/session.ts'
import { findPlanHolder } from '../store/holds.ts'
import { administratorOf } from '../store/owners.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import type { Work } from './context.ts'
import { heldByCascade, recordHeld } from './holds.ts'
import { deleteBlocked } from './kinds/blockers.ts'
import { kindOf } from './kinds/kind-of.ts'
import { isLeftToSteps } from './root-event.ts'
import { recordGone } from './update.ts'

/** Refuses to remove the administrator, without whom nobody could be asked to do anything. */
export function checkNotAdmin({ connection }: Pick<Work, 'connection'>, { operation, table, root }: ResolvedRequest): void {
  const { removesRoot } = kindOf(operation)
  if (!removesRoot || table.definition.logicalName !== 'systemuser') return
  const administrator = administratorOf(connection)
  if (administrator.row !== root) return
  throw new EngineError('CASCADE_REFUSED', operationText.administratorStays({ user: administrator.name }), {
    hint: operationText.otherUsersHint,
    record: { table: administrator.table, id: administrator.id, name: administrator.name },
  })
}

/**
 * Checks what must still hold when a plan is applied.
 * @throws RECORD_NOT_FOUND for a record of the request that is gone, CASCADE_REFUSED for a precondition that does not hold
 */
export function checkRequest(work: Work, request: ResolvedRequest): void {
  const { connection } = work
  const kind = kindOf(request.operation)
  for (const row of kind.rows(request)) if (!rowExists(connection, request.table, row)) throw recordGone({ connection }, request.table, row)
  checkAsAsked(work, kind, request)
}

/**
 * Checks whether a request may be carried out as it was asked for. What PreOperation steps may still change is left to them, if there are any:
 * see checkAsLeft of the kind.
 * @throws CASCADE_REFUSED
 */
function checkAsAsked(work: Work, kind: PlanningKind, request: ResolvedRequest): void {
  kind.checkPreconditions(work, request)
  if (!isLeftToSteps(work, request)) checkWithoutSteps(work, kind, request)
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
  throw holder ? recordHeld(connection, found, holder) : heldByCascade(describeRow(connection, found, row))
}

/** @throws CASCADE_REFUSED for blocking rows, or a precondition that does not hold. */
export function checkPlan(work: Work, plan: Plan): void {
  const { kind, request } = plan
  checkAsAsked(work, kind, request)
  checkBlockers(work, plan)
}

/** @throws CASCADE_REFUSED where rows forbid the operation. */
export function checkBlockers(context: PlanningContext, plan: Plan): void {
  const blockers = plan.kind.findBlockers(context, plan)
  if (blockers.count > 0) throw deleteBlocked(blockers)
}
