import type { RowNumber } from '../contract/loader.ts'
import type { RecordRef } from '../contract/records.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import { bytesToGuid } from './guid.ts'
import { findOwnerByRow } from './owners.ts'
import { describeRow } from './rows.ts'

/**
 * Cached identities. A committed row's number is never used again and its GUID never changes, so an entry stays valid until
 * a rollback, which frees numbers that were taken meanwhile.
 */
interface Kept {
  mark: number
  records: Map<RowNumber, RecordRef>
}

const MOST_KEPT = 50_000

const kept = new WeakMap<Connection, Kept>()

/** Returns the record for a row number, in the first of these tables that has it; a deleted row has the GUID of its dangling link. */
export function identify(connection: Connection, tables: readonly CompiledTable[], row: RowNumber): RecordRef {
  const known = knownOf(connection)
  const found = known.get(row)
  if (found) return found
  for (const table of tables) {
    const id = readGuid(connection, table, row)
    if (id !== undefined) return keep(known, row, { table: table.definition.logicalName, id })
  }
  const [table] = tables
  return table ? describeRow(connection, table, row) : { table: '', id: '' }
}

/** Returns the record for a row number if the row exists. */
export function identifyPresent(connection: Connection, table: CompiledTable, row: RowNumber): RecordRef | undefined {
  const id = readGuid(connection, table, row)
  return id === undefined ? undefined : keep(knownOf(connection), row, { table: table.definition.logicalName, id })
}

/** Returns the user or team for a row number. */
export function identifyOwner(connection: Connection, model: CompiledModel, row: RowNumber): RecordRef {
  const known = knownOf(connection)
  const found = known.get(row)
  if (found) return found
  const owner = findOwnerByRow(connection, row)
  return owner ? keep(known, row, { table: owner.table, id: owner.id }) : identify(connection, [model.table('systemuser')], row)
}

function readGuid(connection: Connection, { definition }: CompiledTable, row: RowNumber): string | undefined {
  const sql = `SELECT ${quoted(definition.primaryId)} AS guid FROM ${quoted(definition.logicalName)} WHERE ${ROW} = ?`
  const found = connection.statement<[number], { guid: Buffer }>(sql).get(row)
  return found && bytesToGuid(found.guid)
}

function keep(known: Map<RowNumber, RecordRef>, row: RowNumber, record: RecordRef): RecordRef {
  if (known.size >= MOST_KEPT) known.clear()
  known.set(row, record)
  return record
}

function knownOf(connection: Connection): Map<RowNumber, RecordRef> {
  const mark = connection.rollbackMark
  const known = kept.get(connection)
  if (known?.mark === mark) return known.records
  const records = new Map<RowNumber, RecordRef>()
  kept.set(connection, { mark, records })
  return records
}
