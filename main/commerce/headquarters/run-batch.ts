import type { Commerce } from '../commerce.ts'
import { BATCH_ORDER, type EntityName } from '../model/columns.ts'
import { findAccountOf } from '../store/headquarters.ts'
import { type BatchRun, writeRun } from '../store/logs.ts'
import { findOpenRows, findRowsOfCustomer, isTakenBy, type StagedRow } from '../store/staging.ts'
import { findOpenTransactions, finishTransaction, type Transaction } from '../store/transactions.ts'
import { synchronizeRow } from './synchronize-row.ts'
import { HeadquartersTurn } from './turn.ts'

/** Rows that are taken in one transaction. */
const CHUNK = 500

/** Passes over the staging tables: customers are created first, then come edits, then what hangs from them. */
const PASSES: readonly { entity: EntityName; creates: boolean | null }[] = [
  { entity: 'customer', creates: true },
  { entity: 'customer', creates: false },
  ...BATCH_ORDER.filter((entity) => entity !== 'customer').map((entity) => ({ entity, creates: null })),
]

/**
 * Takes the next rows of a run, in the caller's transaction, with the place that the run has come to, so that one that was interrupted goes on there.
 * The outcome of each row is its own: one that fails leaves the others as they are.
 */
export function continueRun(commerce: Commerce, run: BatchRun): void {
  HeadquartersTurn.write(commerce, (turn) => {
    if (run.name === 'SynchronizeCustomers') takeRows(turn, run)
    else takeTransactions(turn, run, run.name === 'SynchronizeOrders' ? 'order' : 'cashAndCarry')
    writeRun(commerce.connection, run)
  })
}

function takeRows(turn: HeadquartersTurn, run: BatchRun): void {
  const pass = PASSES[run.pass]
  if (pass === undefined) {
    run.endedMs = turn.atMs
    return
  }
  const { session, counter } = run
  const rows = findOpenRows(turn.commerce.connection, pass.entity, { after: { session, counter }, creates: pass.creates, limit: CHUNK })
  for (const row of rows) take(turn, run, row)
  const last = rows.at(-1)
  if (rows.length < CHUNK || last === undefined) Object.assign(run, { pass: run.pass + 1, session: 0, counter: 0 })
  else Object.assign(run, { session: last.session ?? 0, counter: last.counter })
}

function take(turn: HeadquartersTurn, run: BatchRun, row: StagedRow): void {
  const { kind } = synchronizeRow(turn, row, run.number)
  run[kind]++
  if (kind !== 'pending') run.processed++
}

/** Synchronizes the customers of transactions first, then finishes those whose customer headquarters has. */
function takeTransactions(turn: HeadquartersTurn, run: BatchRun, kind: Transaction['kind']): void {
  const { connection } = turn.commerce
  const transactions = findOpenTransactions(connection, kind, run, CHUNK)
  for (const transaction of transactions) {
    for (const { entity, creates } of PASSES)
      for (const row of findRowsOfCustomer(connection, entity, 0, customerOf(turn, transaction))) {
        if (row.isDone || (creates !== null && (row.operation === 1) !== creates) || isTakenBy(connection, row, run.number)) continue
        // Of a customer that headquarters has always had, only addresses can be unknown to it.
        if (transaction.guid === null && entity !== 'address') continue
        take(turn, run, row)
      }
    if (customerOf(turn, transaction).account !== null) finishTransaction(connection, transaction)
  }
  const last = transactions.at(-1)
  if (transactions.length < CHUNK || last === undefined) run.endedMs = turn.atMs
  else Object.assign(run, { session: last.session ?? 0, counter: last.counter })
}

/** Returns the accounts of a transaction's customer, with the real one as soon as there is one. */
function customerOf(
  { commerce: { connection } }: HeadquartersTurn,
  { account, guid }: Transaction,
): { account: string | null; guid: string | null } {
  return { account: account ?? (guid === null ? null : (findAccountOf(connection, guid) ?? null)), guid }
}
