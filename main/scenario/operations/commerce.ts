import { FEATURES } from '../format/commerce.ts'
import { writtenValues } from '../format/records.ts'
import { invalid } from '../scenario-error.ts'
import { choice, fields, flag, mappingOf, type Shape, text, unknownKey, wholeNumber } from '../shape.ts'
import type { SourceNode } from '../source.ts'
import { defineOperation } from './operation.ts'

const channel = text('a channel')
const customer = text('a customer')
const address = text('an alias')
/** Contacts, affiliations and attributes: a list or a mapping. */
const listOrMapping: Shape<SourceNode> = (node) => {
  if (node.kind === 'scalar') throw invalid('Expected a list or a mapping.', node.at)
  return node
}
const edit = (what: string) => fields(what, { channel, customer, set: listOrMapping }, {})

const COMMERCE_OPERATIONS: Record<string, Shape<unknown>> = {
  enableFeature: choice(...FEATURES),
  disableFeature: choice(...FEATURES),
  setChannel: fields(
    'setChannel',
    { channel },
    {
      createCustomerInAsyncMode: flag,
      online: flag,
      realTimeService: choice('up', 'down'),
      addressBook: text('an address book'),
      defaultCustomer: customer,
    },
  ),
  runJob: fields('runJob', { job: choice('1010', '1070', '1110', 'P-0001') }, { channel }),
  upload: fields('upload', { channel }, {}),
  runBatch: choice('SynchronizeCustomers', 'SynchronizeOrders', 'EndOfDayPosting'),
  recycleChannel: fields('recycleChannel', { channel }, {}),
  advance: wholeNumber(0),
  createCustomer: fields('createCustomer', { channel, id: address, set: writtenValues }, {}),
  editCustomer: fields('editCustomer', { channel, customer, set: writtenValues }, {}),
  addAddress: fields('addAddress', { channel, customer, address, set: writtenValues }, {}),
  editAddress: fields('editAddress', { channel, customer, address, set: writtenValues }, {}),
  deactivateAddress: fields('deactivateAddress', { channel, customer, address }, { set: writtenValues }),
  setContacts: edit('setContacts'),
  setAffiliations: edit('setAffiliations'),
  setAttributes: edit('setAttributes'),
  editInHeadquarters: fields('editInHeadquarters', { customer, set: writtenValues }, {}),
  createOrder: fields('createOrder', { channel, customer, mode: choice('Sync', 'Async'), id: address }, {}),
  issueLoyaltyCard: fields('issueLoyaltyCard', { channel, customer }, {}),
  cashAndCarry: fields('cashAndCarry', { channel, customer, id: address }, {}),
  editOperation: fields('editOperation', { operation: text('the name of a step'), set: writtenValues }, {}),
  synchronizeOperation: fields('synchronizeOperation', { operation: text('the name of a step') }, {}),
}

const commerceOperation: Shape<string> = (node) => {
  const { entries } = mappingOf('one commerce operation', node)
  const keys = Object.keys(COMMERCE_OPERATIONS)
  for (const { key, keyAt, value } of entries) {
    const shape = Object.hasOwn(COMMERCE_OPERATIONS, key) ? COMMERCE_OPERATIONS[key] : undefined
    if (shape === undefined) throw unknownKey('commerce', key, keyAt, keys)
    shape(value)
  }
  if (entries.length !== 1) throw invalid(`Expected exactly one commerce operation: ${keys.join(', ')}.`, node.at)
  return entries[0]?.key ?? ''
}

export const commerce = defineOperation({ key: 'commerce', shape: commerceOperation, check: (operation) => operation })
