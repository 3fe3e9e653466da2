import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import { storedMessage } from '#text/stored-message'
import { noDetails } from '../model/columns.ts'
import { type Customer, findConverted, findCustomer } from '../store/headquarters.ts'
import { markDone, markFailed, markWaiting, type StagedRow } from '../store/staging.ts'
import { changeCustomer } from './change-customer.ts'
import { createAccount } from './create-account.ts'
import type { HeadquartersTurn } from './turn.ts'

export type RowEnd = { kind: 'synchronized' } | { kind: 'failed'; problem: Message } | { kind: 'pending' }

/**
 * Does in headquarters what a staged row asks for, and marks the row. All converters use it: a customer that was converted already is not
 * created again. Checks come before writes, so that a row is done as a whole or not at all.
 */
export function synchronizeRow(turn: HeadquartersTurn, row: StagedRow, run: number | null): RowEnd {
  const { connection } = turn.commerce
  const end = row.entity === 'customer' && row.operation === 1 ? convert(turn, row) : change(turn, row)
  if (end === 'pending') {
    markWaiting(connection, row, run)
    return { kind: 'pending' }
  }
  if ('problem' in end) {
    markFailed(connection, row, run, storedMessage(end.problem))
    return { kind: 'failed', problem: end.problem }
  }
  markDone(connection, row, { run, version: end.version })
  return { kind: 'synchronized' }
}

type End = { problem: Message } | { version: number } | 'pending'

function convert(turn: HeadquartersTurn, { guid, origin, values }: StagedRow): End {
  const known = guid === null ? undefined : findConverted(turn.commerce.connection, guid)
  return known ?? createAccount(turn, { guid, origin, values, details: noDetails() })
}

function change(turn: HeadquartersTurn, row: StagedRow): End {
  const customer = customerOf(turn, row)
  if (customer === undefined) return row.account === null ? 'pending' : { problem: commerceText.customerDeleted({ customer: row.account }) }
  return changeCustomer(turn, customer, row) ?? { version: customer.version }
}

/** Resolves a row that carries only the asynchronous account through RETAILCUSTTABLE. */
function customerOf({ commerce: { connection } }: HeadquartersTurn, { account, guid }: StagedRow): Customer | undefined {
  const byAccount = account === null ? undefined : findCustomer(connection, account)
  return byAccount ?? (guid === null ? undefined : findConverted(connection, guid))
}
