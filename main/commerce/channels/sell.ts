import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { refused } from '../refused.ts'
import type { Channel } from '../store/channels.ts'
import { findConverted } from '../store/headquarters.ts'
import { appendTransaction, type Transaction } from '../store/transactions.ts'
import { customerName, getSeenCustomer, type SeenCustomer } from './customer-view.ts'
import { needHeadquarters } from './real-time-service.ts'
import { getChannel } from './seen-values.ts'

/** What is sold to a customer in a channel. */
export interface Sale {
  channel: string
  customer: string
  id: string
}

/** Creates a customer order. In synchronous mode headquarters must have the customer. @throws COMMERCE_REFUSED */
export function createOrder(commerce: Commerce, { mode, ...sale }: Sale & { mode: 'Sync' | 'Async' }): void {
  const channel = getChannel(commerce, sale.channel)
  const seen = getSeenCustomer(commerce, channel, sale.customer)
  if (mode === 'Sync') {
    needHeadquarters(commerce, channel, 'createOrder', commerceText.reason.synchronousOrder)
    if (seen.isAsync && findConverted(commerce.connection, seen.account) === undefined)
      throw refused(commerceText.orderNeedsAccount({ customer: customerName(seen) }), commerceText.orderNeedsAccountHint)
  }
  keep(commerce, channel, seen, { id: sale.id, kind: 'order', isDone: mode === 'Sync' })
}

/** Sells over the counter to a customer, who is converted before the sale is posted. @throws COMMERCE_REFUSED */
export function sellCashAndCarry(commerce: Commerce, { channel: name, customer, id }: Sale): void {
  const channel = getChannel(commerce, name)
  keep(commerce, channel, getSeenCustomer(commerce, channel, customer), { id, kind: 'cashAndCarry', isDone: false })
}

function keep(
  { connection, now }: Commerce,
  channel: Channel,
  { isAsync, account }: SeenCustomer,
  transaction: Pick<Transaction, 'id' | 'kind' | 'isDone'>,
): void {
  const accounts = isAsync ? { account: null, guid: account } : { account, guid: null }
  connection.write(() =>
    appendTransaction(connection, {
      origin: channel.number,
      madeMs: now(),
      isOffline: !channel.isOnline,
      ...transaction,
      ...accounts,
    }),
  )
}

/** Issues a loyalty card, which an asynchronous customer cannot have. @throws COMMERCE_REFUSED */
export function issueLoyaltyCard(commerce: Commerce, { channel: name, customer }: { channel: string; customer: string }): void {
  const channel = getChannel(commerce, name)
  if (!channel.isOnline) throw refused(commerceText.offline({ channel: name, operation: 'issueLoyaltyCard' }))
  const seen = getSeenCustomer(commerce, channel, customer)
  if (seen.isAsync) throw refused(commerceText.loyaltyNeedsAccount({ customer: customerName(seen), channel: name }))
}
