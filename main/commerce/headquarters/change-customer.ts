import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import { detailId } from '../channels/customer-view.ts'
import { hasRegion } from '../model/address.ts'
import { detailOf, type EntityName, isBlocked, operationOf, type Value, type Values } from '../model/columns.ts'
import { type Customer, updateCustomer } from '../store/headquarters.ts'
import { addConflict } from '../store/logs.ts'
import type { HeadquartersTurn } from './turn.ts'

/** A change that an operation asks of headquarters: the columns of `old`, with their new values. */
export interface CustomerChange {
  entity: EntityName
  operation: number
  values: Values
  old: Values
}

/**
 * Applies a change to a customer of headquarters: only columns that the operation changed, and the last one wins. Where headquarters has
 * neither the old nor the new value, the conflict is kept. Returns the reason where headquarters refuses the change; nothing is changed then.
 */
export function changeCustomer(turn: HeadquartersTurn, customer: Customer, change: CustomerChange): { problem: Message } | undefined {
  const { account } = customer
  if (customer.isDeleted) return { problem: commerceText.customerDeleted({ customer: account }) }
  if (isBlocked(customer.values)) return { problem: commerceText.customerBlocked({ customer: account }) }
  const { entity, values, old } = change
  const isRemoved = operationOf(change.operation) === 'Deactivate'
  const id = entity === 'customer' ? '' : detailId(entity, values)
  const before: Values | undefined = entity === 'customer' ? customer.values : detailOf(customer.details[entity], id)
  // A row has all columns of its revision, so that it stands for one before it that failed.
  const after: Values = { ...(before ?? values) }
  const conflicts: [column: string, headquarters: Value, channel: Value][] = []
  for (const column of before === undefined ? [] : Object.keys(old)) {
    const [was, present, wanted] = [old[column] ?? null, before?.[column] ?? null, values[column] ?? null]
    // A creation that failed and is tried again says nothing against what came after it.
    if (entity === 'address' && change.operation === 1 && present !== null) continue
    after[column] = wanted
    if (!isRemoved && present !== was && present !== wanted) conflicts.push([column, present, wanted])
  }
  if (entity === 'address' && !isRemoved && !hasRegion(after)) return { problem: commerceText.noRegion }
  if (entity === 'customer') customer.values = after
  else if (isRemoved) delete customer.details[entity][id]
  else customer.details = { ...customer.details, [entity]: { ...customer.details[entity], [id]: after } }
  customer.version = turn.nextVersion()
  const { connection } = turn.commerce
  updateCustomer(connection, customer)
  for (const [column, headquarters, channel] of conflicts)
    addConflict(connection, { atMs: turn.atMs, account, column, headquarters, channel, applied: channel })
  return undefined
}
