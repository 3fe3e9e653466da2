import type { CommerceSetUp } from '../commerce/headquarters/set-up.ts'
import { noDetails } from '../commerce/model/columns.ts'
import { PREREQUISITES } from '../commerce/model/features.ts'
import type { CommerceNames } from './commerce-names.ts'
import { readCustomer } from './commerce-values.ts'
import type { CommerceSection } from './format/commerce.ts'
import { invalid } from './scenario-error.ts'

/** Checks the names of the section `commerce` and returns what exists before the first step. */
export function prepareCommerce(section: CommerceSection, names: CommerceNames): CommerceSetUp {
  const { channels = [], features, settings = {}, customers = [] } = section
  for (const { name } of channels) {
    if (name === 'headquarters')
      throw invalid(
        'A channel cannot be called "headquarters".',
        channels.find((each) => each.name === name)?.nameAt ?? { line: 1, column: 1 },
      )
    names.defineChannel(name)
  }
  for (const { name, nameAt } of customers) names.defineCustomer({ value: name, at: nameAt })
  checkFeatures(features)
  return {
    channels: channels.map(({ name, value }) => ({
      name,
      kind: value.kind,
      profile: {
        createCustomerInAsyncMode: value.createCustomerInAsyncMode ?? false,
        filterSharedCustomerData: value.filterSharedCustomerData ?? false,
        addressBook: value.addressBook ?? null,
        defaultCustomer: value.defaultCustomer === undefined ? null : names.customer(value.defaultCustomer),
      },
    })),
    features: features?.value ?? [],
    settings,
    customers: customers.map(({ name, value }) => {
      const { values, details } = readCustomer(value)
      for (const address of Object.keys(details.address ?? {})) names.defineAddress(name, address)
      return { account: name, values, details: { ...noDetails(), ...details } }
    }),
  }
}

/** A state that cannot come about is a mistake of the file. */
function checkFeatures(features: CommerceSection['features']): void {
  if (features === undefined || !features.value.includes('asyncEdit')) return
  const missing = PREREQUISITES.filter((each) => !features.value.includes(each))
  if (missing.length > 0) throw invalid(`asyncEdit cannot be on without ${missing.join(', ')}.`, features.at)
}
