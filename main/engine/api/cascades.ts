import { operationText } from '#text/english/operations'
import type { Plan } from '../cascade/plan.ts'
import { groupsOver, planCascade, withPlan } from '../cascade/plan.ts'
import { findPlanRows } from '../cascade/plan-rows.ts'
import type { ResolvedRequest } from '../cascade/planning-kind.ts'
import { describePlan } from '../cascade/preview.ts'
import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '../contract/cascades.ts'
import type { ExecuteOptions, ValidatedRequest } from '../contract/engine.ts'
import { EngineError, fromErrorData } from '../contract/errors.ts'
import { applyPlan } from '../operations/apply-plan.ts'
import { previewRights, requirePlan } from '../operations/authorize-plan.ts'
import { checkBlockers, checkNotAdmin, checkPlanFree, checkRequest } from '../operations/cascade-checks.ts'
import type { Work } from '../operations/context.ts'
import { changeOf, workOf } from '../operations/context.ts'
import { checkRoot, checkRowsFree } from '../operations/holds.ts'
import { deleteBlocked } from '../operations/kinds/blockers.ts'
import { kindOf } from '../operations/kinds/kind-of.ts'
import { processesOf, stepsOf } from '../operations/planned-steps.ts'
import { requestContextOf } from '../operations/request-context.ts'
import { rootEvent } from '../operations/root-event.ts'
import { runUnchangedRoot } from '../operations/unchanged-root.ts'
import { updateRecord } from '../operations/update.ts'
import { validateCascade } from '../operations/validate-cascade.ts'
import type { Call } from '../pipeline/call.ts'
import { newCall } from '../pipeline/call.ts'
import type { Session } from '../session/session.ts'
import { cascadeJobStatements } from '../store/cascade-jobs.ts'
import { disposeOnError } from '../store/dispose-on-error.ts'
import { userMethod } from './method.ts'

/** Planning, previewing and synchronously executing cascades. Plans are kept until they are discarded, executed or replaced. */
export const cascadeMethods = {
  planCascade: userMethod({
    where: 'interactive',
    run({ session, pipeline, plans, caller }, request: CascadeRequest, choice: ModeChoice): Preview {
      const { connection, model, settings, options } = session
      const kind = kindOf(request.operation)
      const resolved = kind.resolve(connection, model, request)
      checkNotAdmin(session, resolved)
      const plan = planCascade(connection, model, kind, resolved)
      return disposeOnError(plan, () => {
        const planId = options.newId()
        pipeline.refresh()
        const preview = describePlan({
          connection,
          model,
          settings,
          plan,
          steps: stepsOf(pipeline, settings, plan),
          processes: processesOf(session.processes, settings, plan),
          request,
          planId,
          choice,
          whyNothingChanges: kind.whyNothingChanges(connection, resolved),
          rights: previewRights(workOf(pipeline), caller, plan),
        })
        plans.keep(planId, { plan, preview, request, choice })
        return preview
      })
    },
  }),

  /** Returns the preview of a kept plan. @throws PLAN_OUTDATED */
  describePlan: userMethod({ where: 'interactive', run: ({ plans }, planId: string): Preview => plans.get(planId).preview }),

  findPlanRows: userMethod({
    where: 'interactive',
    run: ({ session, plans }, query: PlanRowQuery): PlanRowPage =>
      findPlanRows(session.connection, session.model, session.settings, plans.get(query.planId).plan, query),
  }),

  /** Holds the records of a kept plan that is about to be applied, until it is executed or discarded. @throws RECORD_HELD */
  holdPlan: userMethod({
    where: 'interactive',
    run({ session, plans }, planId: string): void {
      const { plan } = plans.get(planId)
      checkPlanFree(session, plan)
      session.hold(plan.table, plan.request.operation)
    },
  }),

  discardPlan: userMethod({ where: 'interactive', run: ({ plans }, planId: string): void => plans.discard(planId) }),

  /**
   * Runs the PreValidation steps of a cascade's root, outside any transaction, before it is planned. Returns the request as
   * they left it, with the options for later stages.
   */
  preValidate: userMethod({
    where: 'interactive',
    run({ session, pipeline, caller }, request: CascadeRequest, given?: ExecuteOptions): ValidatedRequest {
      pipeline.refresh()
      return validateCascade(workOf(pipeline), newCall(session, caller, given?.requestContext), request, given)
    },
  }),

  /** One transaction, all or nothing. `otherColumns` are written into the root first, as one with the cascade. */
  executeSync: userMethod({
    where: 'interactive',
    run({ session, pipeline, plans, caller }, planId: string, given: ExecuteOptions = {}): OperationOutcome {
      const { connection } = session
      const { plan, preview } = plans.get(planId)
      const call = newCall(session, caller, given.requestContext)
      refuse(preview)
      pipeline.transact(() => {
        const work = workOf(pipeline)
        const kind = kindOf(plan.request.operation)
        const request = kind.renew(connection, work.model, plan.request, work.model.tableByNumber(plan.request.table.number))
        checkRequest(work, request)
        const changesNothing = kind.whyNothingChanges(connection, request) !== null
        if (changesNothing !== preview.nothingToDo) throw planOutdated()
        const requestContext = given.requestContext ?? requestContextOf(call)
        const root = rootEvent(work, call, request, requestContext)
        kind.authorize(work, caller, request)
        if (preview.nothingToDo) {
          updateTogether(session, work, call, request, given)
          runUnchangedRoot(work, root)
          return
        }
        checkRoot(connection, request.operation, request.table.definition.logicalName, request.root)
        checkPlanFree(session, plan)
        checkUnchanged(session, { ...plan, request })
        requirePlan(work, caller, { ...plan, request })
        updateTogether(session, work, call, request, given)
        applyPlan(
          { ...work, kind, request, change: changeOf(work, call), call },
          { ...plan, request, groups: groupsOver(work.model, plan.groups) },
          root,
        )
        cascadeJobStatements(connection).forgetCancelled.run({ root: request.root, operation: request.operation })
      })
      plans.discard(planId)
      return { outcome: 'Completed', mode: 'Sync', affected: preview.affected, jobId: null, record: null }
    },
  }),
}

/** Writes other columns of the same request to the root, in the transaction of the cascade. */
export function updateTogether(
  session: Session,
  work: Work,
  call: Call,
  { table, root }: ResolvedRequest,
  { otherColumns, requestContext }: ExecuteOptions,
): void {
  if (!otherColumns || Object.keys(otherColumns).length === 0) return
  checkRowsFree(session, table, [root])
  updateRecord(work, call, { table, row: root, values: otherColumns }, requestContext ?? requestContextOf(call))
}

/** @throws the error that stops the operation: a blocked delete, a merge's precondition */
export function refuse({ refusal, blockedBy, blockedCount }: Preview): void {
  if (refusal) throw fromErrorData(refusal)
  if (blockedCount > 0) throw deleteBlocked({ listed: blockedBy, count: blockedCount })
}

/**
 * Guarantees that the synchronous mode applies what was planned. If anything was committed since the plan was made, plans
 * again inside the transaction. @throws PLAN_OUTDATED if the new plan differs
 */
function checkUnchanged({ connection, model, settings }: Session, plan: Plan): void {
  if (connection.stateMark() === plan.stateMark) return
  withPlan(connection, model, plan.kind, plan.request, (now) => {
    const same = sameGroups(plan, now) && plan.table.equals(now.table)
    if (!same) throw planOutdated()
    checkBlockers({ connection, model, settings }, now)
  })
}

const planOutdated = () => new EngineError('PLAN_OUTDATED', operationText.planOutdated, { hint: operationText.startAgainHint })

const sameGroups = (a: Plan, b: Plan): boolean => groupsText(a) === groupsText(b)

const groupsText = ({ groups }: Plan): string =>
  groups
    .map(
      ({ level, table, action, relationship, first, last }) =>
        `${level} ${table.number} ${action} ${relationship?.number ?? 0} ${first} ${last}`,
    )
    .join('\n')
