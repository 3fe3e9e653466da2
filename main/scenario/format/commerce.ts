import { choice, dictionaryOf, fields, flag, listOf, located, orEmpty, text, wholeNumber } from '../shape.ts'
import { writtenValues } from './records.ts'

/** The optional features of the asynchronous customer model. */
export const FEATURES = ['performanceImprovements', 'asyncAddresses', 'enhancedAsyncCreate', 'asyncEdit'] as const

const name = located(text('a name'))

/** The commerce part of a scenario: channels, features and customers. */
export const commerceShape = fields(
  'commerce',
  {},
  {
    channels: dictionaryOf(
      'channels',
      fields(
        'a channel',
        { kind: choice('store', 'online') },
        {
          createCustomerInAsyncMode: flag,
          addressBook: text('an address book'),
          defaultCustomer: name,
        },
      ),
    ),
    features: listOf('features', choice(...FEATURES)),
    settings: fields(
      'the commerce settings',
      {},
      {
        csuCacheMinutes: wholeNumber(0),
        numberSequence: text('a number sequence'),
        hideConvertedAsyncRows: flag,
      },
    ),
    customers: dictionaryOf('customers', orEmpty(writtenValues)),
  },
)
