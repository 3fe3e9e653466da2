import { commerceText } from '#text/english/commerce'
import { getIdentity } from '../channels/customer-view.ts'
import type { Commerce } from '../commerce.ts'
import type { Values } from '../model/columns.ts'
import { refused } from '../refused.ts'
import { type Customer, findCustomer, removeCustomer, updateCustomer } from '../store/headquarters.ts'
import { HeadquartersTurn } from './turn.ts'

/** Edits a customer in headquarters. Channels learn of it by job 1010. @throws COMMERCE_REFUSED */
export function editInHeadquarters(commerce: Commerce, key: string, values: Values): void {
  HeadquartersTurn.write(commerce, (turn) => {
    const customer = getPresent(commerce, key)
    customer.values = { ...customer.values, ...values }
    customer.version = turn.nextVersion()
    updateCustomer(commerce.connection, customer)
  })
}

/** Deletes a customer in headquarters. Channels lose it with the next job 1010. @throws COMMERCE_REFUSED */
export function deleteInHeadquarters(commerce: Commerce, key: string): void {
  HeadquartersTurn.write(commerce, (turn) => {
    removeCustomer(commerce.connection, getPresent(commerce, key).account, turn.nextVersion())
  })
}

function getPresent(commerce: Commerce, key: string): Customer {
  const { account } = getIdentity(commerce, key)
  const customer = account === null ? undefined : findCustomer(commerce.connection, account)
  if (customer === undefined || customer.isDeleted) throw refused(commerceText.notInHeadquarters({ customer: key }))
  return customer
}
