import { recordNotFound } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Selection } from './changes.ts'
import { ROW } from './columns.ts'
import type { Connection, Statement } from './connection.ts'
import { quoted } from './connection.ts'
import { bytesToGuid, guidToBytes } from './guid.ts'
import { shown } from './unusable.ts'

/** Translates between GUIDs, which callers use, and row numbers, which the store uses. */

export function findRow(connection: Connection, table: CompiledTable, id: string): RowNumber | undefined {
  const { logicalName, primaryId } = table.definition
  return connection
    .statement<[Buffer], { row: number }>(`SELECT ${ROW} AS row FROM ${quoted(logicalName)} WHERE ${quoted(primaryId)} = ?`)
    .get(guidToBytes(id))?.row
}

/** @throws RECORD_NOT_FOUND */
export function getRow(connection: Connection, table: CompiledTable, id: string): RowNumber {
  const row = findRow(connection, table, id)
  if (row === undefined) throw recordNotFound(table.definition.logicalName, id)
  return row
}

export function rowExists(connection: Connection, table: CompiledTable, row: RowNumber): boolean {
  return connection.statement<[number]>(`SELECT 1 FROM ${quoted(table.definition.logicalName)} WHERE ${ROW} = ?`).get(row) !== undefined
}

/** Returns those of some rows that exist, in the order of creation. */
export function findPresent(connection: Connection, { definition }: CompiledTable, rows: Selection): RowNumber[] {
  const sql = `SELECT ${ROW} AS row FROM ${quoted(definition.logicalName)} WHERE ${rows.in(ROW)} ORDER BY ${ROW}`
  return (connection.statement(sql) as unknown as Statement<(number | string)[], { row: number }>)
    .all(...rows.parameters)
    .map(({ row }) => row)
}

/** Reserves `count` row numbers. Returns the first. */
export function takeRows(connection: Connection, count: number): RowNumber {
  const taken = connection
    .statement<[number], { value: number }>(`UPDATE _counter SET value = value + ? WHERE name = 'next_row' RETURNING value`)
    .get(count)
  return (taken?.value ?? count) - count
}

const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000'

/** Returns GUID and name of many rows of one table; missing rows have the GUID of their dangling link. */
export function describeRows(connection: Connection, table: CompiledTable, rows: Iterable<RowNumber>): Map<RowNumber, LookupValue> {
  const { logicalName, primaryId, primaryName } = table.definition
  const wanted = [...new Set(rows)]
  const described = new Map<RowNumber, LookupValue>()
  if (wanted.length === 0) return described
  const name = primaryName ? quoted(primaryName) : 'NULL'
  const found = connection
    .statement<[string], { row: number; guid: Buffer; name: unknown }>(
      `SELECT ${ROW} AS row, ${quoted(primaryId)} AS guid, ${name} AS name FROM ${quoted(logicalName)} WHERE ${ROW} IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(wanted))
  for (const { row, guid, name } of found) described.set(row, { table: logicalName, id: bytesToGuid(guid), name: nameIn(name) })
  for (const row of wanted) {
    if (described.has(row)) continue
    const gone = goneRecord(connection, table, row)
    if (gone !== undefined) described.set(row, gone)
  }
  return described
}

/** Returns a stored name as text: a damaged one as it is shown. */
export const nameIn = (name: unknown): string | null => (name === null || typeof name === 'string' ? name : shown(name))

export function describeRow(connection: Connection, table: CompiledTable, row: RowNumber): LookupValue {
  return describeRows(connection, table, [row]).get(row) ?? unknownRow(table)
}

/** Returns the value shown for a deleted row whose GUID was not kept. */
export const unknownRow = (table: CompiledTable): LookupValue => ({ table: table.definition.logicalName, id: UNKNOWN_ID, name: null })

/** Returns a row's record, also of a deleted row; `null` where nothing was kept of that. */
export const findRecord = (connection: Connection, table: CompiledTable, row: RowNumber): LookupValue | null =>
  describeRows(connection, table, [row]).get(row) ?? null

/** Returns what was kept of a deleted row: see keepGone, or the GUID of a dangling link. */
function goneRecord(connection: Connection, table: CompiledTable, row: RowNumber): LookupValue | undefined {
  const kept = connection
    .statement<[number, number], { guid: Buffer; name: string | null }>(
      'SELECT guid, name FROM _gone_record WHERE row = ? AND table_number = ?',
    )
    .get(row, table.number)
  const { logicalName } = table.definition
  if (kept) return { table: logicalName, id: bytesToGuid(kept.guid), name: kept.name }
  const id = danglingId(connection, table, row)
  return id === undefined ? undefined : { table: logicalName, id, name: null }
}

function danglingId(connection: Connection, table: CompiledTable, row: RowNumber): string | undefined {
  const found = connection
    .statement<[number, number], { guid: Buffer }>('SELECT guid FROM _dangling_target WHERE row = ? AND table_number = ?')
    .get(row, table.number)
  return found && bytesToGuid(found.guid)
}

/** Returns the number that stands for a missing row, and reserves one on the first call. */
export function danglingRow(connection: Connection, table: CompiledTable, id: string, take = () => takeRows(connection, 1)): RowNumber {
  const guid = guidToBytes(id)
  const known = connection
    .statement<[number, Buffer], { row: number }>('SELECT row FROM _dangling_target WHERE table_number = ? AND guid = ?')
    .get(table.number, guid)
  if (known) return known.row
  const row = take()
  connection
    .statement<[number, number, Buffer]>('INSERT INTO _dangling_target (row, table_number, guid, declared) VALUES (?, ?, ?, 1)')
    .run(row, table.number, guid)
  return row
}
