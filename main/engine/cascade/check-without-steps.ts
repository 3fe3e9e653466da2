import type { PlanningContext, PlanningKind, ResolvedRequest } from './planning-kind.ts'

/** Makes the checks that come among the PreOperation steps of a request, and after them, where there are none. @throws CASCADE_REFUSED */
export function checkWithoutSteps(context: PlanningContext, kind: PlanningKind, request: ResolvedRequest): void {
  for (const { run } of kind.checksAmongSteps(context, request)) run()
  kind.checkAsLeft(context, request)
}
