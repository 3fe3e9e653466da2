import type { RequestContext } from '../contract/engine.ts'
import type { Call } from '../pipeline/call.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'

/** Returns what the later stages of a request need, which may run in another transaction or thread. */
export function requestContextOf({ requestId, correlationId }: Call, event?: RecordEvent): RequestContext {
  const shared = (event?.messages ?? []).map((message) => [message.name, JSON.parse(message.shared) as Record<string, unknown>] as const)
  return { requestId, correlationId, sharedVariables: Object.fromEntries(shared) }
}
