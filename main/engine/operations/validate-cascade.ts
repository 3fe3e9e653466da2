import type { CascadeRequest } from '../contract/cascades.ts'
import type { ExecuteOptions, RequestContext, ValidatedRequest } from '../contract/engine.ts'
import type { Call } from '../pipeline/call.ts'
import { changedTarget } from '../pipeline/failures.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Work } from './context.ts'
import { kindOf } from './kinds/kind-of.ts'
import { requestContextOf } from './request-context.ts'
import { rootEvent } from './root-event.ts'
import { splitUpdate } from './split-update.ts'

/**
 * Runs PreValidation on the root of a cascade. Returns the request as the steps left it: they may change the owner or other columns
 * of the same request.
 */
export function validateCascade(work: Work, call: Call, request: CascadeRequest, options: ExecuteOptions = {}): ValidatedRequest {
  const kind = kindOf(request.operation)
  const resolved = kind.resolve(work.connection, work.model, request)
  const requestContext: RequestContext = {
    ...(options.requestContext ?? requestContextOf(call)),
    ...(options.asUpdate ? { message: 'Update' } : {}),
  }
  if (!work.pipeline.listens(kind.requestMessages, resolved.table))
    return { request, options: { ...options, requestContext }, hasRun: false }
  const event = rootEvent(work, call, resolved, requestContext, options.otherColumns)
  const hasRun = work.pipeline.preValidate(event)
  const { others } = splitUpdate(event.columns ?? {})
  const left = kind.asLeft(request, event)
  if (event.hasChangedParameters) checkLeft(() => kind.resolve(work.connection, work.model, left), event)
  return {
    request: left,
    options: {
      ...(Object.keys(others).length > 0 ? { otherColumns: others } : {}),
      requestContext: { ...requestContext, ...requestContextOf(call, event) },
    },
    hasRun,
  }
}

/** Checks what steps have left in a request. @throws what is wrong with it, naming the step */
function checkLeft(check: () => unknown, event: RecordEvent): void {
  try {
    check()
  } catch (error) {
    throw changedTarget(event, error)
  }
}
