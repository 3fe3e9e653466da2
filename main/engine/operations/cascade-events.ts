import type { ResolvedRequest } from '../cascade/request.ts'
import type { PlanAction } from '../contract/cascades.ts'
import type { EventSeed } from '../contract/engine.ts'
import type { MessageName } from '../contract/messages.ts'
import type { RecordInput, RecordRef } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledRelationship, CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { toEntityInput } from '../store/entity-rows.ts'
import { identify } from '../store/identities.ts'
import { readStored } from '../store/records.ts'
import type { CascadeScope, Work } from './context.ts'
import { parametersOf } from './update.ts'

/**
 * Returns the messages that a cascade raises on its records, possibly none. Confirmed for Delete; the others are readings, which
 * are settings. Source: dataverse reference, section 5.5.
 */
export function raisedMessages(settings: Settings, { operation }: Pick<ResolvedRequest, 'operation'>, action: PlanAction): MessageName[] {
  switch (action) {
    case 'assign':
      return settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : ['Update']
    case 'delete':
      return ['Delete']
    case 'unlink':
      return settings.removeLinkRaisesUpdate ? ['Update'] : []
    case 'move':
    case 'check':
      return operation === 'Merge' && settings.mergeRaisesUpdateOnMovedRows ? ['Update'] : []
    case 'merge':
      return []
  }
}

/** Returns the messages that a merge raises on its subordinate. */
export const retiredMessages = (settings: Settings): MessageName[] =>
  !settings.mergeRaisesUpdateOnSubordinate ? [] : settings.stateChangeRaisesSetState ? ['Update', 'SetState'] : ['Update']

/** Returns the messages of the request, which are raised on the root, for a merge on the target. */
export function rootMessages(settings: Settings, { operation }: Pick<ResolvedRequest, 'operation'>, seed: EventSeed): MessageName[] {
  if (operation !== 'Assign') return [operation]
  const asked = seed.message ?? 'Assign'
  return settings.ownerChangeRaisesAssign ? ['Update', 'Assign'] : [asked]
}

/**
 * Makes the event of the request, whose PreValidation has run. `columns` are other columns of the same
 * request, for PreValidation only; `known` is its record, if the row may have been deleted.
 */
export function rootEvent(
  work: Work,
  call: Call,
  request: ResolvedRequest,
  seed: EventSeed,
  columns: RecordInput = {},
  known?: RecordRef,
): RecordEvent {
  const { connection, model, settings } = work
  const row = request.operation === 'Merge' ? request.target : request.root
  const own = request.operation === 'Assign' ? { ownerid: { table: request.owner.table, id: request.owner.id } } : null
  const all = own && { ...toEntityInput(connection, model, request.table, columns), ...own }
  const names = rootMessages(settings, request, seed)
  if (settings.stateChangeRaisesSetState && 'statecode' in columns) names.push('SetState')
  return new RecordEvent({
    call,
    table: request.table,
    row,
    record: known ?? identify(connection, [request.table], row),
    messages: names.map(
      (name) =>
        new RaisedMessage(name, { ...parametersOf(name, all ?? {}), ...mergeParameters(work, request) }, seed.sharedVariables[name]),
    ),
    columns: all,
    isValidated: true,
  })
}

function mergeParameters({ connection, model }: Work, request: ResolvedRequest): Record<string, unknown> {
  if (request.operation !== 'Merge') return {}
  return {
    SubordinateId: identify(connection, [request.table], request.root).id,
    UpdateContent: toEntityInput(connection, model, request.table, request.content),
    PerformParentingChecks: request.parentingCheck,
  }
}

/** Makes the call for the children of a cascade, whose parent message is the root's. */
export function callBelow({ pipeline, settings }: Work, root: RecordEvent): Call {
  const { call } = root
  return { ...call, depth: settings.cascadedEventsAreDeeper ? call.depth + 1 : call.depth, parent: pipeline.contextOf(root) }
}

/**
 * Makes the call for a child of a cascade, whose parent message is its own parent's. The parent context is built only when it is read;
 * for a row that will be deleted before that, the parent is looked up at once. Source: dataverse reference, section 5.5.
 */
export function callUnder(
  work: Work,
  { root, below }: CascadeScope,
  relationship: CompiledRelationship | null,
  table: CompiledTable,
  row: number,
  isGoing = false,
): Call {
  if (!relationship) return below
  const { attribute, referenced } = relationship.definition
  const lookUp = () => readStored(work.connection, table, row)?.[attribute]
  const known = isGoing ? lookUp() : undefined
  const parent = (): string => {
    const above = known ?? lookUp()
    if (typeof above !== 'number' || above === root.row) return below.parent?.() ?? 'null'
    const names = root.messages.slice(0, 1).map(({ name }) => name)
    const event = childEvent(work, below, work.model.table(referenced), above, names, root.columns)
    return work.pipeline.contextOf(event)?.() ?? 'null'
  }
  return { ...below, parent }
}

export function childEvent(
  { connection }: Work,
  call: Call,
  table: CompiledTable,
  row: number,
  names: readonly MessageName[],
  columns: RecordInput | null,
): RecordEvent {
  return new RecordEvent({
    call,
    table,
    row,
    record: identify(connection, [table], row),
    messages: names.map((name) => new RaisedMessage(name, columns ? parametersOf(name, columns) : {})),
    columns,
  })
}
