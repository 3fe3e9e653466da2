import type { ResolvedRequest } from '../cascade/planning-kind.ts'
import type { RequestContext } from '../contract/engine.ts'
import type { RecordInput, RecordRef } from '../contract/records.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { toEntityInput } from '../store/entity-rows.ts'
import { identify } from '../store/identities.ts'
import type { Work } from './context.ts'
import { kindOf } from './kinds/kind-of.ts'
import { parametersOf } from './update.ts'

/** Returns whether a step comes before the main operation of a request and may still change it. */
export const isLeftToSteps = (
  { pipeline, settings }: Pick<Work, 'pipeline' | 'settings'>,
  { operation, table }: ResolvedRequest,
): boolean => pipeline.listensAt('PreOperation', kindOf(operation).rootMessages(settings, undefined), table)

/**
 * Makes the event of what was asked for, as after its PreValidation. `columns` are other columns of the same request, for
 * PreValidation only; `known` is the event's record, where the row may be gone.
 */
export function rootEvent(
  work: Work,
  call: Call,
  request: ResolvedRequest,
  requestContext: RequestContext,
  columns: RecordInput = {},
  known?: RecordRef,
): RecordEvent {
  const { connection, model, settings } = work
  const kind = kindOf(request.operation)
  const row = kind.messageRow(request)
  const own = kind.rootColumns(request)
  const all = own && { ...toEntityInput(connection, model, request.table, columns), ...own }
  const names = kind.rootMessages(settings, requestContext.message)
  if (settings.stateChangeRaisesSetState && 'statecode' in columns) names.push('SetState')
  const event = new RecordEvent({
    call,
    table: request.table,
    row,
    record: known ?? identify(connection, [request.table], row),
    messages: names.map(
      (name) =>
        new RaisedMessage(
          name,
          { ...parametersOf(name, all ?? {}), ...kind.rootParameters(work, request) },
          requestContext.sharedVariables[name],
        ),
    ),
    columns: all,
    isValidated: true,
  })
  if (isLeftToSteps(work, request)) event.checks = kind.checksAmongSteps(work, request)
  return event
}
