import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { openEngine } from '#engine'
import type { CommerceOperation, CommerceOperations, OperationAnswer } from '../../main/commerce/api/operations.ts'
import { noDetails } from '../../main/commerce/model/columns.ts'
import { PREREQUISITES } from '../../main/commerce/model/features.ts'

/** `npm run bench:commerce [CUSTOMERS]`: asynchronous customers with two edits each, on the whole way from a channel to headquarters and back. */

const CUSTOMERS = Number(process.argv[2] ?? 100_000)
const OPERATIONS = 3 * CUSTOMERS
const STORE = 'store-1'

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'cascade-bench-commerce-'))
const engine = openEngine({ path: join(folder, 'bench.cascade'), mode: 'create', now: Date.now, newId: () => v7() })

function act<Name extends CommerceOperation['name']>(name: Name, given: CommerceOperations[Name]): OperationAnswer {
  const answer = engine.operateCommerce({ name, with: given } as CommerceOperation)
  for (const job of answer.jobs) void engine.runJob(job, Number.POSITIVE_INFINITY)
  return answer
}

/** Measures a part of the way, and prints how many rows of it come in a second. */
function measured(what: string, rows: number, work: () => void): void {
  const began = performance.now()
  work()
  const ms = performance.now() - began
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576)
  console.log(`${what.padEnd(12)} ${Math.round(ms)} ms, ${Math.round((rows / ms) * 1_000).toLocaleString('en')} a second, ${megabytes} MB`)
}

try {
  engine.setUpCommerce({
    channels: [
      {
        name: STORE,
        kind: 'store',
        profile: { createCustomerInAsyncMode: true, filterSharedCustomerData: false, addressBook: 'retail', defaultCustomer: 'DC' },
      },
    ],
    features: [...PREREQUISITES, 'asyncEdit'],
    settings: {},
    customers: [{ account: 'DC', values: { CUSTGROUP: '10', ADDRESSBOOK: 'retail' }, details: noDetails() }],
  })
  const accounts: string[] = []
  measured('create', CUSTOMERS, () => {
    for (let index = 0; index < CUSTOMERS; index++)
      accounts.push(
        act('createCustomer', { channel: STORE, values: { FIRSTNAME: `Customer ${index}`, EMAIL: `c${index}@example.com` } }).account ?? '',
      )
  })
  measured('edit', 2 * CUSTOMERS, () => {
    for (const customer of accounts)
      for (const values of [{ PHONE: '1' }, { URL: 'example.com' }]) act('editCustomer', { channel: STORE, customer, values })
  })
  measured('upload', OPERATIONS, () => act('upload', { channel: STORE }))
  measured('P-0001', OPERATIONS, () => act('runJob', { job: 'P-0001' }))
  measured('batch', OPERATIONS, () => act('runBatch', { batch: 'SynchronizeCustomers' }))
  measured('1010', CUSTOMERS, () => act('runJob', { job: '1010' }))
  measured('status page', 1, () => engine.findNewestOperations(100))
  measured('stuck', 1, () => engine.findStuck())
} finally {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
}
