import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import type { Details, Values } from '../model/columns.ts'
import type { Customer } from './headquarters.ts'

/** What a channel database has of a customer of headquarters; without values where job 1010 has removed it. */
export interface Replica {
  account: string
  guid: string | null
  version: number
  values: Values | null
  details: Details
}

interface ReplicaRow {
  account: string
  guid: string | null
  version: number
  data: string | null
  details: string | null
}

const statements = statementsOnce((connection: Connection) => ({
  byAccount: connection.statement<[number, string], ReplicaRow>('SELECT * FROM _commerce_replica WHERE channel = ? AND account = ?'),
  byGuid: connection.statement<[string, number], ReplicaRow>('SELECT * FROM _commerce_replica WHERE guid = ? AND channel = ?'),
  put: connection.statement<ReplicaRow & { channel: number }>(
    `INSERT OR REPLACE INTO _commerce_replica (channel, account, guid, version, data, details)
    VALUES (:channel, :account, :guid, :version, :data, :details)`,
  ),
  fill: connection.statement<[number, string | null]>(`
    INSERT INTO _commerce_replica (channel, account, guid, version, data, details)
    SELECT ?, account, guid, version, data, details FROM _commerce_customer WHERE address_book IS ? AND is_deleted = 0`),
  notReturned: connection.statement<{ channel: number }, { count: number; sinceMs: number | null }>(`
    SELECT count(*) AS count, min(s.made_ms) AS sinceMs
    FROM _commerce_customer c
      LEFT JOIN _retailasynccustomerv2 s ON s.custaccountasync = c.guid AND s.place = 0 AND s.operation = 1
    WHERE c.origin = :channel AND c.guid IS NOT NULL AND c.is_deleted = 0
      AND NOT EXISTS (SELECT 1 FROM _commerce_replica r WHERE r.channel = :channel AND r.account = c.account AND r.data IS NOT NULL)`),
  // A customer whose newest package is not applied yet may be in it, so that it has to be sent to be removed.
  pack: connection.statement<{ session: number; channel: number; origin: number; book: string | null; sent: number }>(`
    INSERT INTO _commerce_package (session, account, guid, version, data, details)
    SELECT :session, c.account, c.guid, c.version, CASE WHEN wanted THEN c.data END, CASE WHEN wanted THEN c.details END
    FROM (SELECT *, is_deleted = 0 AND address_book IS :book AS wanted FROM _commerce_customer WHERE version > :sent) c
      LEFT JOIN _commerce_replica r ON r.channel = :channel AND r.account = c.account
    WHERE CASE WHEN c.wanted THEN r.account IS NULL OR r.version < c.version OR r.data IS NULL
      ELSE (r.data IS NOT NULL AND (c.is_deleted OR json_extract(r.data, '$.ADDRESSBOOK') IS :book)) OR (c.is_deleted AND r.account IS NULL AND c.origin = :origin)
        OR EXISTS (SELECT 1 FROM _commerce_package p JOIN _commerce_session s ON s.number = p.session
          WHERE p.account = c.account AND s.channel = :channel AND s.state NOT IN ('Applied', 'No data', 'Canceled')) END`),
  apply: connection.statement<{ session: number; channel: number }>(`
    INSERT OR REPLACE INTO _commerce_replica (channel, account, guid, version, data, details)
    SELECT :channel, account, guid, version, data, details FROM _commerce_package WHERE session = :session`),
}))

const EMPTY: Details = { address: {}, contact: {}, affiliation: {}, attribute: {} }

const toReplica = ({ account, guid, version, data, details }: ReplicaRow): Replica => ({
  account,
  guid,
  version,
  values: data === null ? null : JSON.parse(data),
  details: details === null ? EMPTY : JSON.parse(details),
})

/** Returns what a channel has of a customer, by its real account or the asynchronous one. */
export function findReplica(
  connection: Connection,
  channel: number,
  { account, guid }: { account: string | null; guid: string | null },
): Replica | undefined {
  const { byAccount, byGuid } = statements(connection)
  const row = (account === null ? undefined : byAccount.get(channel, account)) ?? (guid === null ? undefined : byGuid.get(guid, channel))
  return row && toReplica(row)
}

/** Saves a customer of headquarters in a channel database, as a real-time service call does. */
export function putReplica(connection: Connection, channel: number, { account, guid, version, values, details }: Customer): void {
  const row = { channel, account, guid, version, data: JSON.stringify(values), details: JSON.stringify(details) }
  statements(connection).put.run(row)
}

/** Returns the customers of a channel that were converted and are not back there. */
export const waitingForReturn = (connection: Connection, channel: number): { count: number; sinceMs: number | null } =>
  statements(connection).notReturned.get({ channel }) ?? { count: 0, sinceMs: null }

/** Gives a new channel all customers of its address book. */
export function fillReplicas(connection: Connection, channel: number, addressBook: string | null): void {
  statements(connection).fill.run(channel, addressBook)
}

/** Packs what has changed for a channel since a version of headquarters, by its address book. Returns the number of customers. */
export const packCustomers = (
  connection: Connection,
  content: { session: number; channel: number; book: string | null; sent: number },
): number => statements(connection).pack.run({ ...content, origin: content.channel }).changes

/** Applies a package to a channel database. */
export function applyCustomers(connection: Connection, session: number, channel: number): void {
  statements(connection).apply.run({ session, channel })
}
