import { operationText } from '#text/english/operations'
import type { Plan } from '../cascade/plan.ts'
import { groupsOver, planCascade, withPlan } from '../cascade/plan.ts'
import { findPlanRows } from '../cascade/plan-rows.ts'
import type { ResolvedRequest } from '../cascade/planning-kind.ts'
import { describePlan } from '../cascade/preview.ts'
import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '../contract/cascades.ts'
import type { ExecuteOptions, ValidatedRequest } from '../contract/engine.ts'
import { EngineError, fromErrorData, recordPhrase } from '../contract/errors.ts'
import type { LookupValue } from '../contract/records.ts'
import { aboutRequest } from '../operations/about-request.ts'
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
import { isLeftToSteps, rootEvent } from '../operations/root-event.ts'
import { runUnchangedRoot } from '../operations/unchanged-root.ts'
import { updateRecord } from '../operations/update.ts'
import { validateCascade } from '../operations/validate-cascade.ts'
import type { Call } from '../pipeline/call.ts'
import { newCall } from '../pipeline/call.ts'
import type { Session } from '../session/session.ts'
import { cascadeJobStatements } from '../store/cascade-jobs.ts'
import type { Connection } from '../store/connection.ts'
import { disposeOnError } from '../store/dispose-on-error.ts'
import { findRecord } from '../store/rows.ts'
import { userMethod } from './method.ts'

/** Planning, previewing and synchronously executing cascades. Plans are kept until they are discarded, executed or replaced. */
export const cascadeMethods = {
  planCascade: userMethod({
    where: 'interactive',
    run({ session, pipeline, plans, caller }, request: CascadeRequest, choice: ModeChoice): Preview {
      const { connection, model, settings, options } = session
      const kind = kindOf(request.operation)
      const resolved = aboutRequest(session, request, () => {
        const found = kind.resolve(connection, model, request)
        checkNotAdmin(session, found)
        return found
      })
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
          isLeftToSteps: isLeftToSteps({ pipeline, settings }, resolved),
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
      const call = newCall(session, caller, given?.requestContext)
      return aboutRequest(session, request, () => validateCascade(workOf(pipeline), call, request, given))
    },
  }),

  /** One transaction, all or nothing. `otherColumns` are written into the root first, as one with the cascade. */
  executeSync: userMethod({
    where: 'interactive',
    run({ session, pipeline, plans, caller }, planId: string, given: ExecuteOptions = {}): OperationOutcome {
      const { connection } = session
      const { plan, preview, request: asked } = plans.get(planId)
      const call = newCall(session, caller, given.requestContext)
      const apply = () => {
        const work = workOf(pipeline)
        const kind = kindOf(plan.request.operation)
        const request = kind.renew(connection, work.model, plan.request, work.model.tableByNumber(plan.request.table.number))
        checkRequest(work, request)
        const changesNothing = kind.whyNothingChanges(connection, request) !== null
        if (changesNothing !== preview.nothingToDo) throw planOutdated(null)
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
        plan.table.endWaiting()
        updateTogether(session, work, call, request, given)
        applyPlan(
          { ...work, kind, request, change: changeOf(work, call), call },
          { ...plan, request, groups: groupsOver(work.model, plan.groups) },
          root,
        )
        cascadeJobStatements(connection).forgetCancelled.run({ root: request.root, operation: request.operation })
      }
      aboutRequest(session, asked, () => {
        refuse(preview)
        pipeline.transact(apply)
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
export function refuse({ refusal, blockedBy, blockedGroups, blockedCount }: Preview): void {
  if (refusal) throw fromErrorData(refusal)
  if (blockedCount > 0) throw deleteBlocked({ listed: blockedBy, groups: blockedGroups, count: blockedCount })
}

/**
 * Guarantees that the synchronous mode applies what was planned. If anything was committed since the plan was made, plans
 * again inside the transaction. @throws PLAN_OUTDATED if the new plan differs
 */
function checkUnchanged({ connection, model, settings }: Session, plan: Plan): void {
  if (connection.stateMark() === plan.stateMark) return
  withPlan(connection, model, plan.kind, plan.request, (now) => {
    const same = sameGroups(plan, now) && plan.table.equals(now.table)
    if (!same) throw planOutdated(changedRecord(connection, plan, now))
    checkBlockers({ connection, model, settings }, now)
  })
}

const planOutdated = (record: LookupValue | null) =>
  new EngineError('PLAN_OUTDATED', record ? operationText.planOutdatedBy({ record: recordPhrase(record) }) : operationText.planOutdated, {
    hint: operationText.startAgainHint,
    record,
  })

/** Returns a record by which two plans differ; `null` where nothing is known of it any more. */
function changedRecord(connection: Connection, plan: Plan, now: Plan): LookupValue | null {
  const row = plan.table.findDifferent(now.table)
  const of = (groups: Plan) => groups.groups.find((group) => row !== undefined && groups.table.has(group, row))?.table
  const table = of(plan) ?? of(now)
  return table && row !== undefined ? findRecord(connection, table, row) : null
}

const sameGroups = (a: Plan, b: Plan): boolean => groupsText(a) === groupsText(b)

const groupsText = ({ groups }: Plan): string =>
  groups
    .map(
      ({ level, table, action, relationship, first, last }) =>
        `${level} ${table.number} ${action} ${relationship?.number ?? 0} ${first} ${last}`,
    )
    .join('\n')
