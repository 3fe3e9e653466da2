import { resolveRequest } from '../cascade/request.ts'
import type { CascadeRequest } from '../contract/cascades.ts'
import type { EventSeed, ExecuteOptions, ValidatedRequest } from '../contract/engine.ts'
import type { MessageName } from '../contract/messages.ts'
import type { Call } from '../pipeline/call.ts'
import { rootEvent } from './cascade-events.ts'
import type { Work } from './context.ts'
import { seedOf } from './event-seed.ts'

const MESSAGES: Record<CascadeRequest['operation'], MessageName[]> = {
  Assign: ['Update', 'Assign', 'SetState'],
  Delete: ['Delete'],
  Merge: ['Merge'],
}

/**
 * Runs PreValidation on the root of a cascade. Returns the request as the steps left it: they may change the owner or other columns
 * of the same request.
 */
export function validateCascade(work: Work, call: Call, request: CascadeRequest, options: ExecuteOptions = {}): ValidatedRequest {
  const resolved = resolveRequest(work.connection, work.model, request)
  const seed: EventSeed = { ...(options.event ?? seedOf(call)), ...(options.asUpdate ? { message: 'Update' } : {}) }
  if (!work.pipeline.listens(MESSAGES[request.operation], resolved.table))
    return { request, options: { ...options, event: seed }, hasRun: false }
  const event = rootEvent(work, call, resolved, seed, options.together)
  const hasRun = work.pipeline.preValidate(event)
  const { ownerid, ...together } = event.columns ?? {}
  return {
    request: request.operation === 'Assign' && isOwner(ownerid) ? { ...request, to: ownerid } : request,
    options: {
      ...(Object.keys(together).length > 0 ? { together } : {}),
      event: { ...seed, ...seedOf(call, event) },
    },
    hasRun,
  }
}

const isOwner = (value: unknown): value is string | { table: string; id: string } =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && 'table' in value && 'id' in value)
