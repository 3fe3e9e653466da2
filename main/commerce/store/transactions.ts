import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'

/** A transaction of a channel that names a customer. */
export interface Transaction {
  origin: number
  counter: number
  id: string
  kind: 'order' | 'cashAndCarry'
  account: string | null
  guid: string | null
  madeMs: number
  isOffline: boolean
  session: number | null
  isDone: boolean
}

interface TransactionRow {
  origin: number
  counter: number
  id: string
  kind: 'order' | 'cashAndCarry'
  custaccount: string | null
  custaccountasync: string | null
  made_ms: number
  is_offline: number
  session: number | null
  is_done: number
}

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<Omit<TransactionRow, 'session'>>(
    `INSERT INTO _commerce_transaction (place, origin, counter, id, kind, custaccount, custaccountasync, made_ms, is_offline, is_done)
    VALUES (:origin, :origin, :counter, :id, :kind, :custaccount, :custaccountasync, :made_ms, :is_offline, :is_done)`,
  ),
  last: connection.statement<[number, number], { counter: number | null }>(
    'SELECT max(counter) AS counter FROM _commerce_transaction WHERE place = ? AND origin = ?',
  ),
  lastOnline: connection.statement<[number, number], { counter: number | null }>(
    'SELECT max(counter) AS counter FROM _commerce_transaction WHERE place = ? AND origin = ? AND is_offline = 0',
  ),
  goOnline: connection.statement<[number]>('UPDATE _commerce_transaction SET is_offline = 0 WHERE place = ? AND is_offline = 1'),
  upload: connection.statement<{ channel: number; session: number; first: number; last: number }>(`
    INSERT OR IGNORE INTO _commerce_transaction (place, origin, counter, id, kind, custaccount, custaccountasync, made_ms, is_offline, session, is_done)
    SELECT 0, origin, counter, id, kind, custaccount, custaccountasync, made_ms, is_offline, :session, is_done
    FROM _commerce_transaction WHERE place = :channel AND origin = :channel AND counter BETWEEN :first AND :last`),
  open: connection.statement<{ kind: string; session: number; counter: number; limit: number }, TransactionRow>(`
    SELECT * FROM _commerce_transaction WHERE place = 0 AND is_done = 0 AND kind = :kind AND (session, counter) > (:session, :counter)
    ORDER BY session, counter LIMIT :limit`),
  done: connection.statement<[number, number]>(
    'UPDATE _commerce_transaction SET is_done = 1 WHERE place = 0 AND origin = ? AND counter = ?',
  ),
}))

const toTransaction = (row: TransactionRow): Transaction => ({
  origin: row.origin,
  counter: row.counter,
  id: row.id,
  kind: row.kind,
  account: row.custaccount,
  guid: row.custaccountasync,
  madeMs: row.made_ms,
  isOffline: row.is_offline === 1,
  session: row.session,
  isDone: row.is_done === 1,
})

/** Appends a transaction in a channel database. One that headquarters has made already, with a synchronous order, is done. */
export function appendTransaction(
  connection: Connection,
  { origin, id, kind, account, guid, madeMs, isOffline, isDone }: Omit<Transaction, 'counter' | 'session'>,
): void {
  const { insert, last } = statements(connection)
  const counter = (last.get(origin, origin)?.counter ?? 0) + 1
  insert.run({
    origin,
    counter,
    id,
    kind,
    custaccount: account,
    custaccountasync: guid,
    made_ms: madeMs,
    is_offline: Number(isOffline),
    is_done: Number(isDone),
  })
}

/** Returns the counter of the newest transaction of a channel that an upload may take. */
export const lastTransaction = (connection: Connection, channel: number): number =>
  statements(connection).lastOnline.get(channel, channel)?.counter ?? 0

export function releaseOfflineTransactions(connection: Connection, channel: number): void {
  statements(connection).goOnline.run(channel)
}

export function copyTransactions(connection: Connection, rows: { channel: number; session: number; first: number; last: number }): void {
  statements(connection).upload.run(rows)
}

/** Returns transactions of headquarters that are not synchronized or posted yet, after a place. */
export const findOpenTransactions = (
  connection: Connection,
  kind: Transaction['kind'],
  after: { session: number; counter: number },
  limit: number,
): Transaction[] =>
  statements(connection)
    .open.all({ kind, ...after, limit })
    .map(toTransaction)

export function finishTransaction(connection: Connection, { origin, counter }: Transaction): void {
  statements(connection).done.run(origin, counter)
}
