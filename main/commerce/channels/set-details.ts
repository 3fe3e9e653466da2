import type { Commerce } from '../commerce.ts'
import { detailOf, type Values } from '../model/columns.ts'
import type { Feature } from '../model/features.ts'
import { nothingOf } from './create-customer.ts'
import { getSeenCustomer } from './customer-view.ts'
import { type Change, operateOn, revision } from './edit-customer.ts'
import type { ChannelOperation } from './operation.ts'
import { getChannel } from './seen-values.ts'

/** A whole new list of contacts, affiliations or attributes, by their ids. */
export interface DetailList {
  channel: string
  customer: string
  list: Record<string, Values>
}

type ListName = 'contact' | 'affiliation' | 'attribute'

/** Replaces the contacts of a customer. @throws COMMERCE_REFUSED */
export const setContacts = (commerce: Commerce, list: DetailList): ChannelOperation =>
  setList(commerce, list, 'contact', 'setContacts', 'asyncEdit')

/** Replaces the affiliations of a customer. @throws COMMERCE_REFUSED */
export const setAffiliations = (commerce: Commerce, list: DetailList): ChannelOperation =>
  setList(commerce, list, 'affiliation', 'setAffiliations', 'asyncEdit')

/** Replaces the attributes of a customer, which needs no feature. @throws COMMERCE_REFUSED */
export const setAttributes = (commerce: Commerce, list: DetailList): ChannelOperation =>
  setList(commerce, list, 'attribute', 'setAttributes', null)

/** Writes a row for each new or changed entry, and one that deactivates for each entry that is left out. */
function setList(
  commerce: Commerce,
  { channel: name, customer, list }: DetailList,
  entity: ListName,
  operation: string,
  feature: Feature | null,
): ChannelOperation {
  const channel = getChannel(commerce, name)
  const seen = getSeenCustomer(commerce, channel, customer)
  const present = seen.details[entity]
  const changes: Change[] = []
  for (const [id, values] of Object.entries(list)) {
    const before = detailOf(present, id)
    if (before === undefined) changes.push({ entity, operation: 1, values, old: nothingOf(values) })
    else {
      const edited = revision(before, { ...nothingOf(before), ...values })
      if (Object.keys(edited.old).length > 0) changes.push({ entity, operation: 2, ...edited })
    }
  }
  for (const [id, values] of Object.entries(present))
    if (detailOf(list, id) === undefined) changes.push({ entity, operation: 3, values, old: {} })
  return operateOn(commerce, channel, seen, { operation, feature, changes })
}
