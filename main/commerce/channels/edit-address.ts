import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { detailOf, type Values } from '../model/columns.ts'
import { refused } from '../refused.ts'
import { checkAddress } from './addresses.ts'
import { nothingOf } from './create-customer.ts'
import { customerName, getSeenCustomer } from './customer-view.ts'
import { type Change, operateOn, revision } from './edit-customer.ts'
import type { ChannelOperation } from './operation.ts'
import { getChannel } from './seen-values.ts'

export interface AddressOperation {
  channel: string
  customer: string
  /** The id of the address, which tells it apart from others of the customer. */
  address: string
  values: Values
}

/** Adds an address to a customer of either kind. @throws COMMERCE_REFUSED */
export function addAddress(commerce: Commerce, { channel: name, customer, address, values }: AddressOperation): ChannelOperation {
  const channel = getChannel(commerce, name)
  const seen = getSeenCustomer(commerce, channel, customer)
  if (detailOf(seen.details.address, address) !== undefined)
    throw refused(commerceText.addressExists({ customer: customerName(seen), address, channel: name }))
  checkAddress(values)
  const whole = { ...values, ADDRESSID: address }
  const change: Change = { entity: 'address', operation: 1, values: whole, old: nothingOf(whole) }
  return operateOn(commerce, channel, seen, { operation: 'addAddress', feature: 'asyncAddresses', changes: [change] })
}

/** Edits an address, or makes it the primary one. @throws COMMERCE_REFUSED */
export function editAddress(commerce: Commerce, { channel: name, customer, address, values }: AddressOperation): ChannelOperation {
  const channel = getChannel(commerce, name)
  const seen = getSeenCustomer(commerce, channel, customer)
  const before = detailOf(seen.details.address, address)
  if (before === undefined) throw refused(commerceText.addressUnknown({ customer: customerName(seen), address, channel: name }))
  const edited = revision(before, values)
  checkAddress(edited.values)
  const change: Change = { entity: 'address', operation: 2, ...edited }
  return operateOn(commerce, channel, seen, { operation: 'editAddress', feature: 'asyncEdit', changes: [change] })
}

/** Deactivates an address: a soft delete. @throws COMMERCE_REFUSED */
export function deactivateAddress(commerce: Commerce, { channel: name, customer, address, values }: AddressOperation): ChannelOperation {
  const channel = getChannel(commerce, name)
  const seen = getSeenCustomer(commerce, channel, customer)
  const before = detailOf(seen.details.address, address)
  if (before === undefined) throw refused(commerceText.addressUnknown({ customer: customerName(seen), address, channel: name }))
  const change: Change = { entity: 'address', operation: 3, ...revision(before, values) }
  return operateOn(commerce, channel, seen, { operation: 'deactivateAddress', feature: 'asyncEdit', changes: [change] })
}
