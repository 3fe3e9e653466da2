import { readSequence } from '../../commerce/model/account-numbers.ts'
import { EXCHANGE_JOBS } from '../../commerce/model/exchange.ts'
import { FEATURES } from '../../commerce/model/features.ts'
import { choice, dictionaryOf, expected, fields, flag, listOf, located, orEmpty, type Shape, text, wholeNumber } from '../shape.ts'
import { writtenValues } from './records.ts'

const name = located(text('a name'))

/** Longer caches, and longer times to wait, are mistakes: a hundred years in minutes. */
export const MOST_MINUTES = 52_596_000

const jobName = choice(...EXCHANGE_JOBS)

/** A job of the exchange. YAML reads `1010` without quotes as a number. */
export const exchangeJob: typeof jobName = (node) =>
  jobName(node.kind === 'scalar' && typeof node.value === 'number' ? { ...node, value: node.text } : node)

const numberSequence: Shape<string> = (node) => {
  const sequence = text('a number sequence such as C-000000')(node)
  if (readSequence(sequence) === undefined) throw expected('a number sequence with 1 to 15 digits, such as C-000000', node)
  return sequence
}

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
          filterSharedCustomerData: flag,
          addressBook: text('an address book'),
          defaultCustomer: name,
        },
      ),
    ),
    features: located(listOf('features', choice(...FEATURES))),
    settings: fields(
      'the commerce settings',
      {},
      {
        csuCacheMinutes: wholeNumber(0, MOST_MINUTES),
        numberSequence,
        hideConvertedAsyncRows: flag,
      },
    ),
    customers: dictionaryOf('customers', orEmpty(writtenValues)),
  },
)

export type CommerceSection = ReturnType<typeof commerceShape>
