import type { MessageName } from '../contract/messages.ts'
import type { RecordInput } from '../contract/records.ts'
import type { CompiledRelationship, CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { identify } from '../store/identities.ts'
import { readStored } from '../store/records.ts'
import type { CascadeScope, Work } from './context.ts'
import { parametersOf } from './update.ts'

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
