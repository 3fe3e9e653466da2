import { operationText } from '#text/english/operations'
import { EngineError } from '../contract/errors.ts'
import type { LinkMessage, LinkRequest } from '../contract/links.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordRef } from '../contract/records.ts'
import type { ManyToManyDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { Call } from '../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../pipeline/record-event.ts'
import { rightsOf } from '../store/caller-rights.ts'
import { addLink, removeLink, type Side } from '../store/links.ts'
import { getRow } from '../store/rows.ts'
import { requireRight } from './authorize.ts'
import type { Work } from './context.ts'

/** The ends of links: a record and others, with the side on which the record stands. */
export interface LinkEnds {
  relation: ManyToManyDefinition
  side: Side
  table: CompiledTable
  record: RecordRef
  otherTable: CompiledTable
  others: RecordRef[]
}

/**
 * Finds an N:N relationship and the tables of its two sides, seen from a record.
 * @throws INPUT_INVALID for an unknown relationship, or a table that it does not have
 */
export function sideOf(
  model: CompiledModel,
  relationship: string,
  record: RecordRef,
): Pick<LinkEnds, 'relation' | 'side' | 'table' | 'otherTable'> {
  const relation = model.manyToMany(relationship)
  const table = model.table(record.table)
  const { firstTable, secondTable } = relation
  if (firstTable === record.table) return { relation, side: 'first', table, otherTable: model.table(secondTable) }
  if (secondTable === record.table) return { relation, side: 'second', table, otherTable: model.table(firstTable) }
  throw wrongTable(relation, record.table, [firstTable, secondTable])
}

/** Finds the ends that a request names. @throws INPUT_INVALID with 0x80040203 for records of other tables */
export function resolveLinks(model: CompiledModel, { relationship, record, others }: LinkRequest): LinkEnds {
  const ends = sideOf(model, relationship, record)
  const expected = ends.otherTable.definition.logicalName
  for (const other of others) if (other.table !== expected) throw wrongTable(ends.relation, other.table, [expected])
  return {
    ...ends,
    record: { ...record, id: record.id.toLowerCase() },
    others: others.map((other) => ({ ...other, id: other.id.toLowerCase() })),
  }
}

const wrongTable = ({ schemaName }: ManyToManyDefinition, table: string, expected: string[]): EngineError =>
  new EngineError(
    'INPUT_INVALID',
    operationText.linkOfOtherTable({ relationship: schemaName, table, expected: [...new Set(expected)].join(', ') }),
    {
      platform: 'InvalidArgument',
      details: { relationship: schemaName, table, expected },
    },
  )

/** Returns the rows of a request: the record first. @throws RECORD_NOT_FOUND with 0x80040217 for one that is not there */
export const rowsOfLinks = (
  { connection }: Pick<Work, 'connection'>,
  { table, record, otherTable, others }: LinkEnds,
): { row: RowNumber; others: RowNumber[] } => ({
  row: getRow(connection, table, record.id),
  others: others.map(({ id }) => getRow(connection, otherTable, id)),
})

/** Makes the event of Associate or Disassociate, which is raised on the record, with the others as its related entities. */
export function linkEvent(work: Pick<Work, 'connection'>, call: Call, message: LinkMessage, ends: LinkEnds): RecordEvent {
  const { relation, table, record, others } = ends
  const parameters = { Relationship: { SchemaName: relation.schemaName }, RelatedEntities: others }
  return new RecordEvent({
    call,
    table,
    row: rowsOfLinks(work, ends).row,
    record,
    messages: [new RaisedMessage(message, parameters)],
    columns: null,
    isValidated: true,
  })
}

/**
 * Adds or removes links and runs the steps of the message; PreValidation has run. Returns how many links that changed: one that is there
 * already, or is not there, changes nothing.
 * @throws RECORD_NOT_FOUND for a record that is gone, CASCADE_REFUSED where the user lacks Append to one of them
 */
export function changeLinks(work: Work, event: RecordEvent, message: LinkMessage, ends: LinkEnds): number {
  const { relation, side } = ends
  const change = message === 'Associate' ? addLink : removeLink
  let changed = 0
  requireAppend(work, event.call, ends)
  work.pipeline.run(event, {
    main() {
      const { row, others } = rowsOfLinks(work, ends)
      for (const other of others)
        if (change(work.connection, relation, side === 'first' ? { first: row, second: other } : { first: other, second: row })) changed++
    },
  })
  return changed
}

/** Checks Append to the record and to each other. Source: dataverse reference, section 4.5. */
function requireAppend(work: Work, { user }: Call, ends: LinkEnds): void {
  if (rightsOf(work.connection, user).holdsEverything) return
  const { row, others } = rowsOfLinks(work, ends)
  requireRight(work, user, ends.table, row, 'Append')
  for (const other of others) requireRight(work, user, ends.otherTable, other, 'Append')
}
