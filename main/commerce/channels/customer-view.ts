import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { BATCH_ORDER, type Details, detailOf, noDetails, operationOf, type Values } from '../model/columns.ts'
import { customerUnknown, refused } from '../refused.ts'
import { type Channel, findChannelByNumber } from '../store/channels.ts'
import { findConverted, findCustomer } from '../store/headquarters.ts'
import { findReplica, type Replica } from '../store/replicas.ts'
import { findRowInHeadquarters, findRowsOfCustomer, type StagedRow } from '../store/staging.ts'
import { seenDefaultCustomer } from './seen-values.ts'

/** A customer by its accounts: the asynchronous one, the real one, or both. */
export interface Identity {
  guid: string | null
  account: string | null
}

/** A customer as one channel shows it. */
export interface SeenCustomer {
  identity: Identity
  /** The account that the channel holds: the real one once it is back. */
  account: string
  isAsync: boolean
  values: Values
  details: Details
}

/** Finds a customer by its real or its asynchronous account. @throws INPUT_INVALID */
export function getIdentity({ connection }: Commerce, key: string): Identity {
  const known = findCustomer(connection, key) ?? findConverted(connection, key)
  if (known !== undefined) return { guid: known.guid, account: known.account }
  if (creationOf(connection, key) !== undefined) return { guid: key, account: null }
  throw customerUnknown(key)
}

/** Returns the row with which some channel made an asynchronous customer. */
export const creationOf = (connection: Commerce['connection'], guid: string): StagedRow | undefined => {
  for (let place = 1; findChannelByNumber(connection, place) !== undefined; place++) {
    const row = findRowsOfCustomer(connection, 'customer', place, { guid, account: null }).find(({ operation }) => operation === 1)
    if (row !== undefined) return row
  }
  return undefined
}

/**
 * Returns a customer as a channel shows it: what job 1010 brought, and over it what the channel has written since and headquarters has not
 * sent back yet. Returns nothing for a customer that the channel does not know.
 */
export function findSeenCustomer(commerce: Commerce, channel: Channel, identity: Identity): SeenCustomer | undefined {
  const { connection } = commerce
  const replica = findReplica(connection, channel.number, identity)
  if (replica !== undefined && replica.values === null) return undefined
  const rows = BATCH_ORDER.flatMap((entity) => findRowsOfCustomer(connection, entity, channel.number, identity))
    .filter((row) => !hasReturned(commerce, row, replica))
    .sort((one, other) => one.madeMs - other.madeMs)
  const creation = replica === undefined ? rows.find(({ entity, operation }) => entity === 'customer' && operation === 1) : undefined
  if (replica === undefined && creation === undefined) return undefined
  const seen: Pick<SeenCustomer, 'values' | 'details'> =
    replica === undefined
      ? { values: inherited(commerce, channel), details: noDetails() }
      : { values: { ...replica.values }, details: replica.details }
  for (const row of rows) applyRow(seen, row)
  const known = { guid: replica?.guid ?? identity.guid, account: replica?.account ?? identity.account }
  return { ...seen, identity: known, account: replica?.account ?? String(identity.guid), isAsync: replica === undefined }
}

/** Returns whether what a row asked for has come back with job 1010, so that the replica says it. */
function hasReturned({ connection }: Commerce, row: StagedRow, replica: Replica | undefined): boolean {
  if (replica === undefined) return false
  if (row.entity === 'customer' && row.operation === 1) return true
  const staged = findRowInHeadquarters(connection, row)
  return staged?.isDone === true && staged.doneVersion !== null && replica.version >= staged.doneVersion
}

/** What an asynchronous customer has from the default customer before headquarters knows of it. Source: reference, section 2. */
function inherited(commerce: Commerce, channel: Channel): Values {
  const account = seenDefaultCustomer(commerce, channel)
  const values = account === null ? undefined : findReplica(commerce.connection, channel.number, { account, guid: null })?.values
  const { CUSTGROUP = null, CURRENCY = null } = values ?? {}
  return { ...(CUSTGROUP === null ? {} : { CUSTGROUP }), ...(CURRENCY === null ? {} : { CURRENCY }) }
}

function applyRow(seen: Pick<SeenCustomer, 'values' | 'details'>, { entity, operation, values, old }: StagedRow): void {
  const changed = Object.fromEntries(Object.keys(old).map((column) => [column, values[column] ?? null]))
  if (entity === 'customer') {
    seen.values = { ...seen.values, ...changed }
    return
  }
  const id = detailId(entity, values)
  const before = detailOf(seen.details[entity], id) ?? {}
  const { [id]: _before, ...others } = seen.details[entity]
  const now = operationOf(operation) === 'Deactivate' ? others : { ...others, [id]: { ...before, ...changed } }
  seen.details = { ...seen.details, [entity]: now }
}

/** Returns the id of a detail, from its row. */
export function detailId(entity: 'address' | 'contact' | 'affiliation' | 'attribute', values: Values): string {
  const column = { address: 'ADDRESSID', contact: 'CONTACTID', affiliation: 'AFFILIATION', attribute: 'ATTRIBUTERECID' }[entity]
  return String(values[column])
}

/** @throws COMMERCE_REFUSED for a customer that the channel does not know */
export function getSeenCustomer(commerce: Commerce, channel: Channel, key: string): SeenCustomer {
  const seen = findSeenCustomer(commerce, channel, getIdentity(commerce, key))
  if (seen === undefined) throw refused(commerceText.notInChannel({ customer: key, channel: channel.name }), commerceText.notInChannelHint)
  return seen
}

/** Returns how messages call a customer. */
export const customerName = ({ account, isAsync, values }: SeenCustomer): string => (isAsync ? String(values.CUSTNAME ?? account) : account)
