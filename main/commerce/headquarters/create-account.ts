import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import type { Details, Values } from '../model/columns.ts'
import { type Customer, insertCustomer } from '../store/headquarters.ts'
import type { HeadquartersTurn } from './turn.ts'

/** What a customer has from the default customer, where it was not given. Source: reference, section 9. */
const INHERITED = ['RELATIONSHIPTYPE', 'CUSTGROUP', 'RECEIPTOPTION', 'CURRENCY', 'LANGUAGEID', 'RECEIPTEMAIL', 'ADDRESSBOOK']

interface NewAccount {
  guid: string | null
  origin: number
  values: Values
  details: Details
}

/** Creates a customer with the next account number. Returns the reason where headquarters refuses it; nothing is changed then. */
export function createAccount(turn: HeadquartersTurn, { guid, origin, values, details }: NewAccount): Customer | { problem: Message } {
  const base = turn.defaultCustomer(origin)
  const whole: Values = { ...values }
  for (const column of INHERITED) {
    const inherited = base?.values[column] ?? null
    if ((whole[column] ?? null) === null && inherited !== null) whole[column] = inherited
  }
  if ((whole.CUSTGROUP ?? null) === null) return { problem: commerceText.noGroup }
  const account = turn.takeAccountNumber()
  if (account === undefined) return { problem: commerceText.noNumber }
  const customer: Customer = { account, guid, origin, version: turn.nextVersion(), isDeleted: false, values: whole, details }
  insertCustomer(turn.commerce.connection, customer)
  return customer
}
