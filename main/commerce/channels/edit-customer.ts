import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { changeCustomer } from '../headquarters/change-customer.ts'
import { HeadquartersTurn } from '../headquarters/turn.ts'
import type { EntityName, Values } from '../model/columns.ts'
import type { Feature } from '../model/features.ts'
import { refused } from '../refused.ts'
import type { Channel } from '../store/channels.ts'
import { findCustomer } from '../store/headquarters.ts'
import { putReplica } from '../store/replicas.ts'
import { appendRow } from '../store/staging.ts'
import { customerName, getSeenCustomer, type SeenCustomer } from './customer-view.ts'
import type { ChannelOperation } from './operation.ts'
import { needHeadquarters, whyFeatureIsNotSeen } from './real-time-service.ts'
import { getChannel, seesFeature } from './seen-values.ts'

/** One row that an operation writes, or one change that it asks of headquarters. */
export interface Change {
  entity: EntityName
  operation: 1 | 2 | 3
  /** The whole new state. */
  values: Values
  /** What the changed columns held before. */
  old: Values
}

/** An operation on a customer that a channel knows. */
export interface CustomerOperation {
  /** Its name, for the call log. */
  operation: string
  /** The feature with which the channel does it alone; `null` for what it always does alone. */
  feature: Feature | null
  changes: Change[]
}

/**
 * Does an operation on a customer: alone, if the channel sees the feature for it, else in headquarters.
 * @throws COMMERCE_REFUSED for an asynchronous customer that can only be changed in headquarters, and for what headquarters refuses
 */
export function operateOn(
  commerce: Commerce,
  channel: Channel,
  seen: SeenCustomer,
  { operation, feature, changes }: CustomerOperation,
): ChannelOperation {
  if (feature === null || seesFeature(commerce, channel, feature)) return stage(commerce, channel, seen, changes)
  if (seen.isAsync) {
    const named = { customer: customerName(seen), channel: channel.name }
    throw refused(feature === 'asyncAddresses' ? commerceText.addressNeedsAccount(named) : commerceText.editNeedsAccount(named))
  }
  needHeadquarters(commerce, channel, operation, whyFeatureIsNotSeen(commerce, channel, feature))
  changeInHeadquarters(commerce, channel, seen.account, changes)
  return { path: 'Sync', staged: [] }
}

/** Writes rows with the account that the channel holds. */
function stage(commerce: Commerce, channel: Channel, { isAsync, account }: SeenCustomer, changes: Change[]): ChannelOperation {
  const { connection, now } = commerce
  const common = { channel: channel.number, madeMs: now(), isOffline: !channel.isOnline }
  const accounts = isAsync ? { account: null, guid: account } : { account, guid: null }
  const staged = connection.write(() =>
    changes.map((change) => ({
      entity: change.entity,
      origin: channel.number,
      counter: appendRow(connection, { ...common, ...accounts, ...change }),
    })),
  )
  return { path: 'Async', staged }
}

/** Changes headquarters first, then saves the customer in the channel database. */
function changeInHeadquarters(commerce: Commerce, channel: Channel, account: string, changes: Change[]): void {
  HeadquartersTurn.write(commerce, (turn) => {
    const customer = findCustomer(commerce.connection, account)
    if (customer === undefined) throw refused(commerceText.customerDeleted({ customer: account }))
    for (const change of changes) {
      const refusal = changeCustomer(turn, customer, change)
      if (refusal !== undefined) throw refused(refusal.problem)
    }
    putReplica(commerce.connection, channel.number, customer)
  })
}

/** Edits columns of a customer. @throws COMMERCE_REFUSED */
export function editCustomer(commerce: Commerce, edit: { channel: string; customer: string; values: Values }): ChannelOperation {
  const channel = getChannel(commerce, edit.channel)
  const seen = getSeenCustomer(commerce, channel, edit.customer)
  if (!channel.isOnline) throw refused(commerceText.offline({ channel: channel.name, operation: 'editCustomer' }))
  const change: Change = { entity: 'customer', operation: 2, ...revision(seen.values, edit.values) }
  return operateOn(commerce, channel, seen, { operation: 'editCustomer', feature: 'asyncEdit', changes: [change] })
}

/** Returns the new state after an edit, and what the columns that it changes held before. */
export function revision(before: Values, edit: Values): { values: Values; old: Values } {
  const changed = Object.keys(edit).filter((column) => (before[column] ?? null) !== (edit[column] ?? null))
  return { values: { ...before, ...edit }, old: Object.fromEntries(changed.map((column) => [column, before[column] ?? null])) }
}
