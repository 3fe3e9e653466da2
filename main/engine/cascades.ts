import { deleteBlocked, findBlockers } from './cascade/blockers.ts'
import { KeptPlans } from './cascade/kept-plans.ts'
import type { Plan } from './cascade/plan.ts'
import { groupsOver, planCascade } from './cascade/plan.ts'
import { findPlanRows } from './cascade/plan-rows.ts'
import { describePlan } from './cascade/preview.ts'
import type { ResolvedRequest } from './cascade/request.ts'
import { renewRequest, resolveRequest } from './cascade/request.ts'
import { checkRequest } from './cascade/request-checks.ts'
import type { Engine } from './engine.ts'
import { EngineError, fromErrorData } from './errors.ts'
import { checkRoot, heldByCascade, recordHeld } from './jobs/holds.ts'
import { ADMIN_NAME } from './model/system-model.ts'
import type { Preview } from './model.ts'
import { applyPlan } from './operations/apply-plan.ts'
import type { Session } from './session.ts'
import { findPlanHolder } from './store/holds.ts'
import { jobStatements } from './store/jobs.ts'
import { readStored } from './store/records.ts'
import { describeRow, findOwner } from './store/rows.ts'

/** The plan table that a plan is compared with when the file has changed since. */
const COMPARED_PLAN = 1_001

export type CascadeVerbs = Pick<Engine, 'planCascade' | 'describePlan' | 'findPlanRows' | 'discardPlan' | 'holdPlan' | 'executeSync'> & {
  plans: KeptPlans
}

/** Planning, previewing and the synchronous way of a cascade. */
export function cascadeVerbs(session: Session): CascadeVerbs {
  const { connection, options } = session
  const plans = new KeptPlans()

  const discard = (planId: string): void => {
    if (session.heldPlan === plans.find(planId)?.plan.table) session.heldPlan = undefined
    plans.discard(planId)
  }

  return {
    plans,

    planCascade(request, caller, choice) {
      session.caller(caller)
      const { model, settings } = session
      const resolved = resolveRequest(connection, model, request)
      checkNotAdmin(session, resolved)
      const slot = plans.freeSlot()
      const plan = planCascade(connection, model, resolved, slot)
      const planId = options.newId()
      const preview = describePlan({
        connection,
        model,
        settings,
        plan,
        request,
        planId,
        choice,
        nothingToDo: changesNothing(session, resolved),
      })
      plans.keep(planId, { plan, preview, request, choice, slot })
      return preview
    },

    describePlan: (planId) => plans.get(planId).preview,

    findPlanRows: (query) => findPlanRows(connection, session.model, session.settings, plans.get(query.planId).plan, query),

    holdPlan(planId) {
      const { plan } = plans.get(planId)
      checkPlanFree(session, plan)
      session.heldPlan = plan.table
    },

    discardPlan: discard,

    executeSync(planId, caller) {
      const { plan, preview } = plans.get(planId)
      const by = session.caller(caller)
      refuse(preview)
      connection.write(() => {
        const { model, settings } = session
        const request = renewRequest(connection, model, plan.request)
        checkRequest(connection, session.model, request)
        if (changesNothing(session, request) !== preview.nothingToDo) throw planOutdated()
        if (preview.nothingToDo) return
        checkRoot(connection, request.operation, request.table.definition.logicalName, request.root)
        checkPlanFree(session, plan)
        checkUnchanged(session, { ...plan, request })
        const change = { nowMs: options.now(), caller: by.row }
        applyPlan({ connection, model, settings, change }, { ...plan, request, groups: groupsOver(model, plan.groups) })
        jobStatements(connection).forgetCancelled.run(request.root, request.operation)
      })
      discard(planId)
      return { outcome: 'Completed', mode: 'Sync', affected: preview.affected, jobId: null, record: null }
    },
  }
}

/** @throws what stops the operation: a blocked delete, a merge's precondition. */
export function refuse({ refusal, blockedBy, blockedCount }: Preview): void {
  if (refusal) throw fromErrorData(refusal)
  if (blockedCount > 0) throw deleteBlocked({ listed: blockedBy, count: blockedCount })
}

/** @throws RECORD_HELD where a batch of a job, or another synchronous cascade, holds a record of the plan. */
function checkPlanFree({ connection, heldPlan }: Session, { table, groups }: Plan): void {
  const holder = findPlanHolder(connection, table)
  const shared = heldPlan && heldPlan !== table ? table.findShared(heldPlan) : undefined
  const row = holder?.heldRow ?? shared
  if (row === undefined) return
  const found = groups.find((group) => table.has(group, row))?.table ?? groups[0]?.table
  if (!found) return
  throw holder ? recordHeld(connection, found, holder) : heldByCascade(found.definition.logicalName, describeRow(connection, found, row).id)
}

/** Without the administrator nobody could be asked to do anything. */
function checkNotAdmin({ connection, model }: Session, { operation, table, root }: ResolvedRequest): void {
  if (operation === 'Assign' || table.definition.logicalName !== 'systemuser' || findOwner(connection, model, ADMIN_NAME)?.row !== root)
    return
  throw new EngineError('CASCADE_REFUSED', `The user ${ADMIN_NAME} is part of every environment and cannot be deleted.`, {
    hint: 'Disable or delete other users.',
  })
}

/** An assign to the present owner changes nothing, unless a cancelled assign left the tree half-way. Section 1.7. */
function changesNothing({ connection }: Session, resolved: ResolvedRequest): boolean {
  if (resolved.operation !== 'Assign') return false
  const root = readStored(connection, resolved.table, resolved.root)
  if (root?.ownerid !== resolved.owner.row) return false
  const last = jobStatements(connection).lastOf.get(resolved.root, 'Assign')
  return last?.statuscode !== 32 || last.failing_item === null
}

/**
 * The guarantee of the synchronous mode: what is applied is what was planned. Where nobody has committed since, that is
 * so by itself; else the plan is made again inside the transaction and must come out the same.
 */
function checkUnchanged({ connection, model, settings }: Session, plan: Plan): void {
  if (connection.stateMark() === plan.stateMark) return
  const now = planCascade(connection, model, plan.request, COMPARED_PLAN)
  try {
    const same = sameGroups(plan, now) && plan.table.equals(now.table)
    if (!same) throw planOutdated()
    const blockers = findBlockers(connection, model, settings, now)
    if (blockers.count > 0) throw deleteBlocked(blockers)
  } finally {
    now.table.drop()
  }
}

const planOutdated = () =>
  new EngineError(
    'PLAN_OUTDATED',
    'A record of this cascade was changed by somebody else after it was planned. Everything was rolled back.',
    {
      hint: 'Start again: the new plan takes the change into account.',
    },
  )

const sameGroups = (a: Plan, b: Plan): boolean => groupsText(a) === groupsText(b)

const groupsText = ({ groups }: Plan): string =>
  groups
    .map(
      ({ level, table, action, relationship, first, last }) =>
        `${level} ${table.number} ${action} ${relationship?.number ?? 0} ${first} ${last}`,
    )
    .join('\n')
