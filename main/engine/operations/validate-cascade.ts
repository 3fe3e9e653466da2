import type { CascadeRequest } from '../contract/cascades.ts'
import type { ExecuteOptions, RequestContext, ValidatedRequest } from '../contract/engine.ts'
import type { Call } from '../pipeline/call.ts'
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
  const { owner, others } = splitUpdate(event.columns ?? {})
  return {
    request: owner === undefined ? request : kind.withOwner(request, owner),
    options: {
      ...(Object.keys(others).length > 0 ? { otherColumns: others } : {}),
      requestContext: { ...requestContext, ...requestContextOf(call, event) },
    },
    hasRun,
  }
}
