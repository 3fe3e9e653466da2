import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import { BATCH_ORDER, ENTITIES, type Entity, type EntityName, type Values } from '../model/columns.ts'

/** A row of a staging table. */
export interface StagedRow {
  entity: EntityName
  /** 0 for the copy in headquarters, else the channel. */
  place: number
  origin: number
  counter: number
  operation: number
  account: string | null
  guid: string | null
  madeMs: number
  isOffline: boolean
  /** The upload session that brought the row to headquarters. */
  session: number | null
  isDone: boolean
  /** A stored message; `null` where the last try did not fail. */
  error: string | null
  /** The version of headquarters that the row led to. */
  doneVersion: number | null
  values: Values
  /** What the changed columns held before, in the channel. */
  old: Values
}

type StoredRow = {
  place: number
  origin: number
  replicationcounterfromorigin: number
  operation: number
  custaccount: string | null
  custaccountasync: string | null
  made_ms: number
  is_offline: number
  session: number | null
  onlineoperationcompleted: number
  error: string | null
  done_version: number | null
  old: string
} & Record<string, string | number | null>

/** The name of a staging table in the file. */
const tableOf = ({ table }: Entity): string => `_${table.toLowerCase()}`

/** The one legal entity of the model. */
const LEGAL_ENTITY = 'usrt'

const FLAGS = [
  'place',
  'origin',
  'replicationcounterfromorigin',
  'operation',
  'custaccount',
  'custaccountasync',
  'dataareaid',
  'made_ms',
  'is_offline',
  'session',
  'old',
]

/** A row without its bookkeeping, as the batch job takes it. */
const OPEN = 'place = 0 AND onlineoperationcompleted = 0'

function statementsOf(connection: Connection, entity: Entity) {
  const table = tableOf(entity)
  const columns = entity.columns.map((column) => column.toLowerCase())
  const all = [...FLAGS, ...columns]
  const key = 'place = :place AND origin = :origin AND replicationcounterfromorigin = :counter'
  return {
    insert: connection.statement<Record<string, unknown>>(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map((name) => `:${name}`).join(', ')})`,
    ),
    last: connection.statement<[number, number], { counter: number | null }>(
      `SELECT max(replicationcounterfromorigin) AS counter FROM ${table} WHERE place = ? AND origin = ?`,
    ),
    lastOnline: connection.statement<[number, number], { counter: number | null }>(
      `SELECT max(replicationcounterfromorigin) AS counter FROM ${table} WHERE place = ? AND origin = ? AND is_offline = 0`,
    ),
    goOnline: connection.statement<[number]>(`UPDATE ${table} SET is_offline = 0 WHERE place = ? AND is_offline = 1`),
    upload: connection.statement<{ channel: number; session: number; first: number; last: number }>(
      `INSERT OR IGNORE INTO ${table} (${all.join(', ')})
      SELECT ${all.map((name) => (name === 'place' ? '0' : name === 'session' ? ':session' : name)).join(', ')} FROM ${table}
      WHERE place = :channel AND origin = :channel AND replicationcounterfromorigin BETWEEN :first AND :last
      ORDER BY replicationcounterfromorigin`,
    ),
    open: connection.statement<{ session: number; counter: number; limit: number; least: number; most: number }, StoredRow>(
      `SELECT * FROM ${table} INDEXED BY ${table}_open
      WHERE ${OPEN} AND (session, replicationcounterfromorigin) > (:session, :counter) AND operation BETWEEN :least AND :most
      ORDER BY session, replicationcounterfromorigin LIMIT :limit`,
    ),
    byAsync: connection.statement<[string, number], StoredRow>(
      `SELECT * FROM ${table} INDEXED BY ${table}_by_async WHERE custaccountasync = ? AND place = ?`,
    ),
    byAccount: connection.statement<[string, number], StoredRow>(
      `SELECT * FROM ${table} INDEXED BY ${table}_by_account WHERE custaccount = ? AND place = ?`,
    ),
    newest: connection.statement<[number], StoredRow>(
      `SELECT * FROM ${table} INDEXED BY ${table}_by_time WHERE place = 0
      ORDER BY made_ms DESC, origin DESC, replicationcounterfromorigin DESC LIMIT ?`,
    ),
    byKey: connection.statement<{ place: number; origin: number; counter: number }, StoredRow>(`SELECT * FROM ${table} WHERE ${key}`),
    done: connection.statement<{ origin: number; counter: number; run: number | null; version: number }>(
      `UPDATE ${table} SET onlineoperationcompleted = 1, error = NULL, run = :run, done_version = :version
      WHERE place = 0 AND origin = :origin AND replicationcounterfromorigin = :counter`,
    ),
    failed: connection.statement<{ origin: number; counter: number; run: number | null; error: string }>(
      `UPDATE ${table} SET error = :error, run = :run WHERE place = 0 AND origin = :origin AND replicationcounterfromorigin = :counter`,
    ),
    waited: connection.statement<{ origin: number; counter: number; run: number | null }>(
      `UPDATE ${table} SET run = :run WHERE place = 0 AND origin = :origin AND replicationcounterfromorigin = :counter`,
    ),
    takenInRun: connection.statement<{ origin: number; counter: number }, { run: number | null }>(
      `SELECT run FROM ${table} WHERE place = 0 AND origin = :origin AND replicationcounterfromorigin = :counter`,
    ),
    repair: connection.statement<Record<string, unknown>>(
      `UPDATE ${table} SET ${[...columns.map((name) => `${name} = :${name}`), 'old = :old'].join(', ')} WHERE ${key}`,
    ),
    at: connection.statement<{ place: number }, StoredRow>(
      `SELECT * FROM ${table} WHERE place = :place ORDER BY made_ms, origin, replicationcounterfromorigin`,
    ),
    waiting: connection.statement<{ channel: number; uploaded: number }, Waiting>(
      `SELECT count(*) AS count, min(made_ms) AS sinceMs FROM ${table} WHERE place = :channel AND origin = :channel AND replicationcounterfromorigin > :uploaded`,
    ),
    openOf: connection.statement<[number], Waiting & { isFailed: number }>(
      `SELECT error IS NOT NULL AS isFailed, count(*) AS count, min(made_ms) AS sinceMs FROM ${table} INDEXED BY ${table}_open
      WHERE ${OPEN} AND session IS NOT NULL AND origin = ? GROUP BY 1`,
    ),
  }
}

const statements = statementsOnce((connection: Connection) => {
  const made = BATCH_ORDER.map((name) => [name, statementsOf(connection, ENTITIES[name])] as const)
  return Object.fromEntries(made) as Record<EntityName, ReturnType<typeof statementsOf>>
})

function toRow(entity: EntityName, row: StoredRow): StagedRow {
  const values: Values = {}
  for (const column of ENTITIES[entity].columns) {
    const value = row[column.toLowerCase()] ?? null
    if (value !== null) values[column] = value
  }
  return {
    entity,
    place: row.place,
    origin: row.origin,
    counter: row.replicationcounterfromorigin,
    operation: row.operation,
    account: row.custaccount,
    guid: row.custaccountasync,
    madeMs: row.made_ms,
    isOffline: row.is_offline === 1,
    session: row.session,
    isDone: row.onlineoperationcompleted === 1,
    error: row.error,
    doneVersion: row.done_version,
    values,
    old: JSON.parse(row.old),
  }
}

const columnsOf = (entity: EntityName, values: Values): Record<string, unknown> =>
  Object.fromEntries(ENTITIES[entity].columns.map((column) => [column.toLowerCase(), values[column] ?? null]))

/** What a channel writes for one operation. */
export type NewStagedRow = Pick<StagedRow, 'entity' | 'operation' | 'account' | 'guid' | 'madeMs' | 'isOffline' | 'values' | 'old'> & {
  channel: number
}

/** Appends a row to a staging table of a channel. Returns its replication counter. */
export function appendRow(connection: Connection, { entity, channel, values, old, ...row }: NewStagedRow): number {
  const { insert, last } = statements(connection)[entity]
  const counter = (last.get(channel, channel)?.counter ?? 0) + 1
  insert.run({
    place: channel,
    origin: channel,
    replicationcounterfromorigin: counter,
    operation: row.operation,
    custaccount: row.account,
    custaccountasync: row.guid,
    dataareaid: LEGAL_ENTITY,
    made_ms: row.madeMs,
    is_offline: Number(row.isOffline),
    session: null,
    old: JSON.stringify(old),
    ...columnsOf(entity, values),
  })
  return counter
}

/** Returns the counter of the newest row of a channel that an upload may take, or of the newest of all. */
export function lastCounter(connection: Connection, entity: EntityName, channel: number, onlyOnline: boolean): number {
  const { last, lastOnline } = statements(connection)[entity]
  return (onlyOnline ? lastOnline : last).get(channel, channel)?.counter ?? 0
}

/** Releases what was made offline, for the next upload. */
export function releaseOffline(connection: Connection, channel: number): void {
  for (const entity of BATCH_ORDER) statements(connection)[entity].goOnline.run(channel)
}

/** Copies uploaded rows to headquarters. Rows that it has already stay as they are. */
export function copyToHeadquarters(
  connection: Connection,
  entity: EntityName,
  rows: { channel: number; session: number; first: number; last: number },
): void {
  statements(connection)[entity].upload.run(rows)
}

/** Which rows of headquarters the batch job takes next: open ones of some operations, after a place. */
export interface OpenRows {
  after: { session: number; counter: number }
  /** Whether the rows that create customers are wanted, or all others. */
  creates: boolean | null
  limit: number
}

export function findOpenRows(connection: Connection, entity: EntityName, { after, creates, limit }: OpenRows): StagedRow[] {
  const [least, most] = creates === null ? [1, 3] : creates ? [1, 1] : [2, 3]
  return statements(connection)
    [entity].open.all({ ...after, limit, least, most })
    .map((row) => toRow(entity, row))
}

/** Returns all rows of a customer in one database and one table, in the order in which they came. */
export function findRowsOfCustomer(
  connection: Connection,
  entity: EntityName,
  place: number,
  { account, guid }: { account: string | null; guid: string | null },
): StagedRow[] {
  const { byAsync, byAccount } = statements(connection)[entity]
  const rows = [...(guid === null ? [] : byAsync.all(guid, place)), ...(account === null ? [] : byAccount.all(account, place))]
  return rows
    .sort(
      (one, other) => (one.session ?? 0) - (other.session ?? 0) || one.replicationcounterfromorigin - other.replicationcounterfromorigin,
    )
    .map((row) => toRow(entity, row))
}

/** Returns the newest rows that headquarters has of a table, newest first. */
export const findNewestRows = (connection: Connection, entity: EntityName, limit: number): StagedRow[] =>
  statements(connection)
    [entity].newest.all(limit)
    .map((row) => toRow(entity, row))

/** Names one row of a staging table of headquarters. */
export type RowKey = Pick<StagedRow, 'entity' | 'origin' | 'counter'>

/** Returns the copy of a row in headquarters; `undefined` before it was uploaded and applied. */
export function findRowInHeadquarters(connection: Connection, { entity, origin, counter }: RowKey): StagedRow | undefined {
  const row = statements(connection)[entity].byKey.get({ place: 0, origin, counter })
  return row && toRow(entity, row)
}

export function markDone(connection: Connection, { entity, origin, counter }: RowKey, done: { run: number | null; version: number }): void {
  statements(connection)[entity].done.run({ origin, counter, ...done })
}

export function markFailed(connection: Connection, { entity, origin, counter }: RowKey, run: number | null, error: string): void {
  statements(connection)[entity].failed.run({ origin, counter, run, error })
}

export function markWaiting(connection: Connection, { entity, origin, counter }: RowKey, run: number | null): void {
  statements(connection)[entity].waited.run({ origin, counter, run })
}

/** Returns whether a run of a batch job has taken a row already. */
export const isTakenBy = (connection: Connection, { entity, origin, counter }: RowKey, run: number): boolean =>
  statements(connection)[entity].takenInRun.get({ origin, counter })?.run === run

/** Replaces the values of a row in headquarters. */
export function writeRepair(connection: Connection, { entity, origin, counter }: RowKey, values: Values, old: Values): void {
  statements(connection)[entity].repair.run({ place: 0, origin, counter, old: JSON.stringify(old), ...columnsOf(entity, values) })
}

/** Returns all rows of a table in one database, by their time. */
export const findRowsAt = (connection: Connection, entity: EntityName, place: number): StagedRow[] =>
  statements(connection)
    [entity].at.all({ place })
    .map((row) => toRow(entity, row))

/** How much waits somewhere, and since when the oldest of it. */
export interface Waiting {
  count: number
  sinceMs: number | null
}

const sumOf = (parts: readonly Waiting[]): Waiting => {
  const times = parts.flatMap(({ sinceMs }) => (sinceMs === null ? [] : [sinceMs]))
  return { count: parts.reduce((sum, { count }) => sum + count, 0), sinceMs: times.length === 0 ? null : Math.min(...times) }
}

/** Returns the rows of a channel that were not uploaded yet. */
export const waitingForUpload = (connection: Connection, channel: number, uploadedOf: (entity: EntityName) => number): Waiting =>
  sumOf(
    BATCH_ORDER.map(
      (entity) => statements(connection)[entity].waiting.get({ channel, uploaded: uploadedOf(entity) }) ?? { count: 0, sinceMs: null },
    ),
  )

/** Returns the rows of a channel that wait in headquarters: those that were never done or wait for their customer, or those that failed. */
export const waitingInHeadquarters = (connection: Connection, channel: number, isFailed: boolean): Waiting =>
  sumOf(
    BATCH_ORDER.flatMap((entity) => statements(connection)[entity].openOf.all(channel)).filter(
      (part) => (part.isFailed === 1) === isFailed,
    ),
  )
