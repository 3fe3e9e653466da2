import { withPlan } from '../cascade/plan.ts'
import type { CascadeRequest } from '../contract/cascades.ts'
import type { ExecuteOptions } from '../contract/engine.ts'
import type { Call } from '../pipeline/call.ts'
import { aboutRequest } from './about-request.ts'
import { applyPlan } from './apply-plan.ts'
import { requirePlan } from './authorize-plan.ts'
import { checkNotAdmin, checkPlan, checkPlanFree } from './cascade-checks.ts'
import type { Work } from './context.ts'
import { changeOf } from './context.ts'
import { checkRoot } from './holds.ts'
import { kindOf } from './kinds/kind-of.ts'
import { requestContextOf } from './request-context.ts'
import { rootEvent } from './root-event.ts'
import { runUnchangedRoot } from './unchanged-root.ts'
import { updateRecord } from './update.ts'
import { validateCascade } from './validate-cascade.ts'

/** Runs a cascade that a step starts, within the step's transaction and whatever its size. Source: dataverse reference, section 2.5. */
export function runNested(work: Work, call: Call, request: CascadeRequest, options: ExecuteOptions = {}): void {
  aboutRequest(work, request, () => run(work, call, request, options))
}

function run(work: Work, call: Call, request: CascadeRequest, options: ExecuteOptions): void {
  const validated = validateCascade(work, call, request, options)
  const { requestContext = requestContextOf(call), otherColumns } = validated.options
  const kind = kindOf(validated.request.operation)
  const resolved = kind.resolve(work.connection, work.model, validated.request)
  checkNotAdmin(work, resolved)
  kind.authorize(work, call.user, resolved)
  const root = rootEvent(work, call, resolved, requestContext)
  if (otherColumns && Object.keys(otherColumns).length > 0)
    updateRecord(work, call, { table: resolved.table, row: resolved.root, values: otherColumns }, requestContext)
  if (kind.whyNothingChanges(work.connection, resolved) !== null) {
    runUnchangedRoot(work, root)
    return
  }
  checkRoot(work.connection, resolved.operation, resolved.table.definition.logicalName, resolved.root)
  withPlan(work.connection, work.model, kind, resolved, (plan) => {
    requirePlan(work, call.user, plan)
    checkPlan(work, plan)
    checkPlanFree({ connection: work.connection, heldPlan: undefined }, plan, call.job?.number)
    applyPlan({ ...work, kind, request: resolved, change: changeOf(work, call), call }, plan, root)
  })
}
