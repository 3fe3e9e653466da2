import { getChannel } from '../channels/seen-values.ts'
import type { Commerce } from '../commerce.ts'
import { BATCH_ORDER, type EntityName } from '../model/columns.ts'
import { type ExchangeSession, insertSession, uploadedCounter, writeUploadedCounter } from '../store/sessions.ts'
import { copyToHeadquarters, lastCounter } from '../store/staging.ts'
import { copyTransactions, lastTransaction } from '../store/transactions.ts'

/** Where an upload keeps orders and cash-and-carry sales, beside the staging tables. */
const TRANSACTIONS = 'transaction'

/** Counters of the rows that an upload session carries, first and last, by table. */
type UploadContent = Record<string, [first: number, last: number]>

/**
 * Makes an upload session of all rows of a channel with a replication counter above the largest that was uploaded. What was made offline is
 * left out until the channel is online again. Returns nothing where there is nothing new.
 */
export function upload(commerce: Commerce, name: string): ExchangeSession | undefined {
  const { connection, now } = commerce
  const channel = getChannel(commerce, name)
  return connection.write(() => {
    const content: UploadContent = {}
    let rows = 0
    const add = (table: string, last: number) => {
      const first = uploadedCounter(connection, channel.number, table) + 1
      if (last < first) return
      content[table] = [first, last]
      rows += last - first + 1
      writeUploadedCounter(connection, channel.number, table, last)
    }
    for (const entity of BATCH_ORDER) add(entity, lastCounter(connection, entity, channel.number, true))
    add(TRANSACTIONS, lastTransaction(connection, channel.number))
    if (rows === 0) return undefined
    return insertSession(connection, { job: 'P-0001', channel: channel.number, state: 'Uploaded', createdMs: now(), rows, content })
  })
}

/** Writes the rows of an upload session to headquarters, inside the caller's transaction. What is there already stays as it is. */
export function applyUpload({ connection }: Commerce, { number: session, channel, content }: ExchangeSession): void {
  for (const [table, [first, last]] of Object.entries(content as UploadContent)) {
    const rows = { channel, session, first, last }
    if (table === TRANSACTIONS) copyTransactions(connection, rows)
    else copyToHeadquarters(connection, table as EntityName, rows)
  }
}
