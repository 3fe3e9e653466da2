import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import type { Details, Values } from '../model/columns.ts'
import type { Feature } from '../model/features.ts'

/** A customer of headquarters. */
export interface Customer {
  account: string
  /** The account that the customer had while it was asynchronous: RETAILCUSTTABLE.CUSTACCOUNTASYNC. */
  guid: string | null
  /** The channel that made it. */
  origin: number | null
  version: number
  isDeleted: boolean
  values: Values
  details: Details
}

interface CustomerRow {
  account: string
  guid: string | null
  origin: number | null
  version: number
  is_deleted: number
  data: string
  details: string
}

const COLUMNS = 'account, guid, origin, version, is_deleted, data, details'

const statements = statementsOnce((connection: Connection) => ({
  features: connection.statement<[], { name: Feature; is_enabled: number }>('SELECT name, is_enabled FROM _commerce_feature'),
  setFeature: connection.statement<[string, number]>('INSERT OR REPLACE INTO _commerce_feature (name, is_enabled) VALUES (?, ?)'),
  byAccount: connection.statement<[string], CustomerRow>(`SELECT ${COLUMNS} FROM _commerce_customer WHERE account = ?`),
  byGuid: connection.statement<[string], CustomerRow>(`SELECT ${COLUMNS} FROM _commerce_customer WHERE guid = ?`),
  accountOf: connection.statement<[string], { account: string }>('SELECT account FROM _commerce_customer WHERE guid = ?'),
  insert: connection.statement<CustomerRow & { address_book: string | null }>(
    `INSERT INTO _commerce_customer (account, guid, origin, version, is_deleted, address_book, data, details)
    VALUES (:account, :guid, :origin, :version, :is_deleted, :address_book, :data, :details)`,
  ),
  update: connection.statement<{ account: string; version: number; address_book: string | null; data: string; details: string }>(
    `UPDATE _commerce_customer SET version = :version, address_book = :address_book, data = :data, details = :details WHERE account = :account`,
  ),
  remove: connection.statement<[number, string]>('UPDATE _commerce_customer SET is_deleted = 1, version = ? WHERE account = ?'),
  page: connection.statement<[string, number], CustomerRow>(
    `SELECT ${COLUMNS} FROM _commerce_customer WHERE account > ? AND is_deleted = 0 ORDER BY account LIMIT ?`,
  ),
}))

const toCustomer = ({ account, guid, origin, version, is_deleted, data, details }: CustomerRow): Customer => ({
  account,
  guid,
  origin,
  version,
  isDeleted: is_deleted === 1,
  values: JSON.parse(data),
  details: JSON.parse(details),
})

/** Returns the features that are on in headquarters. */
export const enabledFeatures = (connection: Connection): Set<Feature> =>
  new Set(
    statements(connection)
      .features.all()
      .filter(({ is_enabled }) => is_enabled === 1)
      .map(({ name }) => name),
  )

export function writeFeature(connection: Connection, feature: Feature, isEnabled: boolean): void {
  statements(connection).setFeature.run(feature, Number(isEnabled))
}

/** Returns a customer by its real account, deleted ones included. */
export function findCustomer(connection: Connection, account: string): Customer | undefined {
  const row = statements(connection).byAccount.get(account)
  return row && toCustomer(row)
}

/** Returns the customer that an asynchronous account was converted to, deleted ones included. */
export function findConverted(connection: Connection, guid: string): Customer | undefined {
  const row = statements(connection).byGuid.get(guid)
  return row && toCustomer(row)
}

/** Returns the real account of an asynchronous one; `undefined` before the conversion. */
export const findAccountOf = (connection: Connection, guid: string): string | undefined =>
  statements(connection).accountOf.get(guid)?.account

const bookOf = ({ ADDRESSBOOK = null }: Values): string | null => (ADDRESSBOOK === null ? null : String(ADDRESSBOOK))

export function insertCustomer(
  connection: Connection,
  { account, guid, origin, version, values, details }: Omit<Customer, 'isDeleted'>,
): void {
  statements(connection).insert.run({
    account,
    guid,
    origin,
    version,
    is_deleted: 0,
    address_book: bookOf(values),
    data: JSON.stringify(values),
    details: JSON.stringify(details),
  })
}

export function updateCustomer(connection: Connection, { account, version, values, details }: Customer): void {
  const row = { account, version, address_book: bookOf(values), data: JSON.stringify(values), details: JSON.stringify(details) }
  statements(connection).update.run(row)
}

/** Marks a customer as deleted. Its row stays, so that its number is not used again and channels learn of it. */
export function removeCustomer(connection: Connection, account: string, version: number): void {
  statements(connection).remove.run(version, account)
}

/** Returns a page of customers in the order of their accounts. */
export const findCustomers = (connection: Connection, after: string, limit: number): Customer[] =>
  statements(connection).page.all(after, limit).map(toCustomer)
