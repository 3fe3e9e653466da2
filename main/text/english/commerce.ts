import { defineTexts, messagesOf } from '../message.ts'

/** What the domain of asynchronous customers says: refusals, errors of operations, and why headquarters was called. */
export const commerceTexts = defineTexts('commerce', {
  pendingSync: 'Pending sync',

  feature: {
    performanceImprovements: 'Performance improvements for customer orders and customer transactions',
    asyncAddresses: 'Enable asynchronous creation for customer addresses',
    enhancedAsyncCreate: 'Enable enhanced async customer creation',
    asyncEdit: 'Enable editing customers in asynchronous mode',
  },
  named: '{feature} ({title})',
  featureNeeds: '{feature} cannot be enabled, because these features are not: {missing}.',
  featureNeedsHint: 'Enable them first, in any order.',
  featureNeeded: '{feature} cannot be disabled while {dependent} is enabled, which needs it.',
  featureNeededHint: 'Disable the one that needs it first.',

  reason: {
    optionOff: 'option off: "Create customer in async mode" (createCustomerInAsyncMode) is No in the profile of {channel}',
    optionNotReplicated:
      'option not replicated: createCustomerInAsyncMode is Yes in headquarters, and job 1070 has not run for {channel} since then',
    featureOff: 'by design: the feature {feature} is off in headquarters, so that the operation is done there',
    featureNotReplicated: 'feature not replicated: {feature} is on in headquarters, and job 1110 has not run for {channel} since then',
    sessionNotApplied:
      'session not applied: session {session, number, ::group-off} of job {job}, which brings {name} to {channel}, is {state}',
    cache: 'cache: {channel} goes on with the cached value of {name} for {minutes, plural, one {# minute} other {# minutes}}',
    synchronousOrder: 'by design: an order in synchronous mode is made in headquarters',
  },

  channelUnknown: 'There is no channel {channel}.',
  channelExists: 'There is a channel {channel} already.',
  customerUnknown: 'There is no customer {customer}.',
  customerExists: 'There is a customer {customer} already.',
  notInChannel: 'The customer {customer} is not known in {channel}.',
  notInChannelHint:
    'An asynchronous customer is seen only where it was made. A customer of headquarters comes with job 1010, if it shares an address book.',
  notInHeadquarters: 'The customer {customer} is not in headquarters.',
  offline: '{channel} is offline, and {operation} is not possible there.',
  offlineFiltered: '{channel} is offline and filters shared customer data, so that no customer can be created.',
  realTimeDown: 'The real-time service did not answer: {operation} in {channel} needs headquarters. The reason for the call: {reason}.',
  editNeedsAccount:
    'The customer {customer} is pending sync and cannot be edited in {channel} until its real account is back: asyncEdit is not on there.',
  addressNeedsAccount:
    'No address can be saved for the customer {customer}, who is pending sync, until its real account is back: asyncAddresses is not on in {channel}.',
  loyaltyNeedsAccount:
    'No loyalty card can be issued to the customer {customer}, who is pending sync, until the real account is back in {channel}.',
  orderNeedsAccount: 'The customer {customer} is not in headquarters yet and cannot have an order in synchronous mode.',
  orderNeedsAccountHint: 'Make the order in asynchronous mode, or synchronize the customer first.',

  StreetLengthExceeded: 'StreetLengthExceeded: the street is longer than {most, number} characters.',
  AddressLengthExceeded: 'AddressLengthExceeded: the full address is longer than {most, number} characters.',
  CountyLengthExceeded: 'CountyLengthExceeded: the county is longer than {most, number} characters.',
  emptyAddress: 'The address is empty.',
  addressUnknown: 'The customer {customer} has no address {address} in {channel}.',
  addressExists: 'The customer {customer} has an address {address} already in {channel}.',

  noGroup: 'The customer group is missing: none was given, and the default customer has none.',
  noRegion: 'The address has neither a zip code nor a county.',
  noNumber: 'The number sequence has been exceeded: there is no customer account number left.',
  customerBlocked: 'The customer {customer} is blocked in headquarters.',
  customerDeleted: 'The customer {customer} was deleted in headquarters.',
  notConverted: 'The customer has not been converted yet.',

  noSession: 'There is no session of job {job} for {channel} that failed or was applied.',
  madeToFail: 'Applying the session was made to fail on purpose.',
  operationUnknown: 'The operation is not on the customer synchronization status page: it has not come to headquarters.',
  operationDone: 'The operation is synchronized, and its values cannot be edited any more.',
  columnUnknown: '{table} has no column {column}.',
})

export const commerceText = messagesOf(commerceTexts)
