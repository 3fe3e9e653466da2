import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'

/** What headquarters says of a channel in its functionality profile. */
export interface ChannelProfile {
  createCustomerInAsyncMode: boolean
  /** Whether the channel schema filters shared customer data, so that no customer is created offline. */
  filterSharedCustomerData: boolean
  addressBook: string | null
  defaultCustomer: string | null
}

/** One store or online store, with its own channel database and scale unit. */
export interface Channel {
  number: number
  name: string
  kind: 'store' | 'online'
  /** Whether the point of sale reaches the scale unit. */
  isOnline: boolean
  /** Whether the scale unit reaches headquarters by the real-time service. */
  isRealTime: boolean
  profile: ChannelProfile
  customersSent: number
}

interface ChannelRow {
  number: number
  name: string
  kind: 'store' | 'online'
  is_online: number
  is_real_time: number
  profile: string
  customers_sent: number
}

const statements = statementsOnce((connection: Connection) => ({
  insert: connection.statement<[string, string, string], { number: number }>(
    'INSERT INTO _commerce_channel (name, kind, is_online, is_real_time, profile) VALUES (?, ?, 1, 1, ?) RETURNING number',
  ),
  all: connection.statement<[], ChannelRow>('SELECT * FROM _commerce_channel ORDER BY number'),
  byName: connection.statement<[string], ChannelRow>('SELECT * FROM _commerce_channel WHERE name = ?'),
  byNumber: connection.statement<[number], ChannelRow>('SELECT * FROM _commerce_channel WHERE number = ?'),
  setLinks: connection.statement<[number, number, number]>('UPDATE _commerce_channel SET is_online = ?, is_real_time = ? WHERE number = ?'),
  setProfile: connection.statement<[string, number]>('UPDATE _commerce_channel SET profile = ? WHERE number = ?'),
  setSent: connection.statement<[number, number]>('UPDATE _commerce_channel SET customers_sent = ? WHERE number = ?'),
  addKnown: connection.statement<[number, string, string, number]>(
    'INSERT INTO _commerce_known (channel, name, value, applied_ms) VALUES (?, ?, ?, ?)',
  ),
  newest: connection.statement<[number, string], { value: string; applied_ms: number }>(
    'SELECT value, applied_ms FROM _commerce_known WHERE channel = ? AND name = ? ORDER BY number DESC LIMIT 1',
  ),
  seen: connection.statement<[number, string, number], { value: string }>(
    `SELECT value FROM _commerce_known
    WHERE channel = ? AND name = ? AND (is_recycled = 1 OR applied_ms <= ?) ORDER BY number DESC LIMIT 1`,
  ),
  recycle: connection.statement<[number]>('UPDATE _commerce_known SET is_recycled = 1 WHERE channel = ? AND is_recycled = 0'),
}))

const toChannel = (row: ChannelRow): Channel => ({
  number: row.number,
  name: row.name,
  kind: row.kind,
  isOnline: row.is_online === 1,
  isRealTime: row.is_real_time === 1,
  profile: JSON.parse(row.profile),
  customersSent: row.customers_sent,
})

/** Adds a channel whose links are up. Returns its number. */
export const insertChannel = (connection: Connection, { name, kind, profile }: Pick<Channel, 'name' | 'kind' | 'profile'>): number =>
  (statements(connection).insert.get(name, kind, JSON.stringify(profile)) as { number: number }).number

/** Returns all channels in the order in which they were made. */
export const findChannels = (connection: Connection): Channel[] => statements(connection).all.all().map(toChannel)

export function findChannel(connection: Connection, name: string): Channel | undefined {
  const row = statements(connection).byName.get(name)
  return row && toChannel(row)
}

export function findChannelByNumber(connection: Connection, number: number): Channel | undefined {
  const row = statements(connection).byNumber.get(number)
  return row && toChannel(row)
}

export function writeLinks(
  connection: Connection,
  { number, isOnline, isRealTime }: Pick<Channel, 'number' | 'isOnline' | 'isRealTime'>,
): void {
  statements(connection).setLinks.run(Number(isOnline), Number(isRealTime), number)
}

export function writeProfile(connection: Connection, number: number, profile: ChannelProfile): void {
  statements(connection).setProfile.run(JSON.stringify(profile), number)
}

/** Keeps the last version of headquarters that job 1010 has packed for a channel. */
export function writeCustomersSent(connection: Connection, number: number, version: number): void {
  statements(connection).setSent.run(version, number)
}

/** Keeps a value that a session has brought to a channel. Returns false for the value that it has already: its cache time does not begin anew. */
export function bringValue(connection: Connection, channel: number, name: string, value: unknown, atMs: number): boolean {
  const text = JSON.stringify(value)
  if (statements(connection).newest.get(channel, name)?.value === text) return false
  statements(connection).addKnown.run(channel, name, text, atMs)
  return true
}

/** Returns the newest value in the channel database, whether the channel sees it or not, and when it came; `undefined` where none came. */
export function newestValue(connection: Connection, channel: number, name: string): { value: unknown; appliedMs: number } | undefined {
  const row = statements(connection).newest.get(channel, name)
  return row && { value: JSON.parse(row.value), appliedMs: row.applied_ms }
}

/** Returns the value that the channel sees: the newest that came before a time, or that a recycle made visible. */
export function seenValue(connection: Connection, channel: number, name: string, untilMs: number): unknown {
  const row = statements(connection).seen.get(channel, name, untilMs)
  return row && JSON.parse(row.value)
}

/** Makes everything visible that has come to a channel. */
export function dropCaches(connection: Connection, channel: number): void {
  statements(connection).recycle.run(channel)
}
