import { inEnglish } from '#text/english'
import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import { readStoredMessage } from '#text/stored-message'
import type { Commerce } from '../commerce.ts'
import { BATCH_ORDER, ENTITIES, findColumn, type OperationName, operationOf, type Values } from '../model/columns.ts'
import { refused } from '../refused.ts'
import { findNewestRows, findRowInHeadquarters, findRowsAt, type RowKey, type StagedRow, writeRepair } from '../store/staging.ts'
import { synchronizeRow } from './synchronize-row.ts'
import { HeadquartersTurn } from './turn.ts'

/** One line of the customer synchronization status page: one operation. */
export interface SyncOperation extends RowKey {
  /** The name of the staging table on the platform. */
  table: string
  operation: OperationName
  account: string | null
  guid: string | null
  madeMs: number
  status: 'Pending' | 'Synchronized' | 'Failed'
  /** The last known error. */
  error: Message | null
  values: Values
  old: Values
}

const statusOf = ({ isDone, error }: StagedRow): SyncOperation['status'] =>
  isDone ? 'Synchronized' : error === null ? 'Pending' : 'Failed'

const toOperation = (row: StagedRow): SyncOperation => ({
  entity: row.entity,
  origin: row.origin,
  counter: row.counter,
  table: ENTITIES[row.entity].table,
  operation: operationOf(row.operation),
  account: row.account,
  guid: row.guid,
  madeMs: row.madeMs,
  status: statusOf(row),
  error: row.error === null ? null : readStoredMessage(row.error),
  values: row.values,
  old: row.old,
})

/** Returns the operations that have come to headquarters, by their time in the channel, then by channel and counter. */
export function findSyncOperations({ connection }: Commerce): SyncOperation[] {
  return sorted(BATCH_ORDER.flatMap((entity) => findRowsAt(connection, entity, 0)))
}

/** Returns the newest operations, in the same order. It takes as long however many there are. */
export const findNewestOperations = ({ connection }: Commerce, limit: number): SyncOperation[] =>
  sorted(BATCH_ORDER.flatMap((entity) => findNewestRows(connection, entity, limit))).slice(-limit)

function sorted(rows: StagedRow[]): SyncOperation[] {
  return rows
    .sort(
      (one, other) =>
        one.madeMs - other.madeMs || one.origin - other.origin || orderOf(one) - orderOf(other) || one.counter - other.counter,
    )
    .map(toOperation)
}

/** Counters belong to a table, so that operations of one moment are told apart by the table first. */
const orderOf = ({ entity }: StagedRow): number => BATCH_ORDER.indexOf(entity)

/** Edits and saves an operation. Nothing is sent: the next batch, or Synchronize, uses the saved values. @throws COMMERCE_REFUSED */
export function editOperation({ connection }: Commerce, key: RowKey, edit: Values): void {
  connection.write(() => {
    const row = getRow(connection, key)
    if (row.isDone) throw refused(commerceText.operationDone)
    const unknown = Object.keys(edit).find((column) => findColumn(ENTITIES[key.entity], column) !== column)
    if (unknown !== undefined) throw refused(commerceText.columnUnknown({ table: ENTITIES[key.entity].table, column: unknown }))
    const old = { ...row.old }
    for (const column of Object.keys(edit)) if (!Object.hasOwn(old, column)) old[column] = row.values[column] ?? null
    writeRepair(connection, key, { ...row.values, ...edit }, old)
  })
}

/**
 * Synchronizes operations of the page at once, in their order. Returns the reason of the first that headquarters refuses again, or that
 * still waits for its customer; `null` where all are synchronized.
 */
export function synchronizeOperations(commerce: Commerce, keys: RowKey[]): Message | null {
  return HeadquartersTurn.write(commerce, (turn) => {
    for (const row of keys.map((key) => getRow(commerce.connection, key)).filter(({ isDone }) => !isDone)) {
      const end = synchronizeRow(turn, row, null)
      if (end.kind === 'failed') return end.problem
      if (end.kind === 'pending') return commerceText.notConverted
    }
    return null
  })
}

function getRow(connection: Commerce['connection'], key: RowKey): StagedRow {
  const row = findRowInHeadquarters(connection, key)
  if (row === undefined) throw refused(commerceText.operationUnknown)
  return row
}

/** Returns the text of an operation's last known error. */
export const errorTextOf = ({ error }: SyncOperation): string | null => (error === null ? null : inEnglish(error))
