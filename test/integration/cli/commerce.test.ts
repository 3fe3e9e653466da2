import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cascade } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-cli-commerce-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lab = join(folder, 'lab.cascade')
const file = join(folder, 'channels.yaml')

const commerce = (...args: string[]) => cascade('commerce', lab, ...args)
const told = async (...args: string[]) => JSON.parse((await commerce(...args, '--json')).stdout)

beforeAll(async () => {
  writeFileSync(
    file,
    `commerce:
  channels: { store-1: { kind: store, createCustomerInAsyncMode: true, addressBook: retail } }
  features: [performanceImprovements, asyncAddresses, enhancedAsyncCreate, asyncEdit]
  customers: { C1: { name: Contoso, custgroup: 10, addressBook: retail } }
`,
  )
  await cascade('new', lab)
  expect(await commerce('setUp', file)).toMatchObject({ code: 0, stdout: expect.stringContaining('store-1') })
})

test('a customer goes from the till to headquarters and back, repaired on the way [CA44]', async () => {
  const created = await told('createCustomer', '--channel', 'store-1', '--set', 'firstname=Eve', '--set', 'addressbook=retail')
  expect(created).toMatchObject({ path: 'Async', calls: [] })
  expect(await told('stuck')).toMatchObject([{ channel: 'store-1', place: 'notUploaded', count: 1, takenOnBy: 'upload' }])

  await commerce('upload', '--channel', 'store-1')
  expect(await told('stuck')).toMatchObject([{ place: 'uploaded', count: 1, takenOnBy: 'P-0001', due: null }])
  await commerce('runJob', 'P-0001')
  expect(await told('runBatch', 'SynchronizeCustomers')).toMatchObject({ runs: [{ processed: 1, failed: 1 }] })
  const [failed] = await told('status')
  expect(failed).toMatchObject({ status: 'Failed', error: expect.stringContaining('customer group') })
  expect(await commerce('synchronizeOperations', '--operation', failed.id)).toMatchObject({ code: 1 })
  expect(await commerce('editOperation', '--operation', failed.id, '--set', 'custgroup=10')).toMatchObject({ code: 0 })
  expect(await commerce('synchronizeOperations', '--operation', failed.id)).toMatchObject({ code: 0 })
  expect(await told('stuck')).toMatchObject([{ place: 'notReturned', count: 1, takenOnBy: '1010' }])

  await commerce('failSession', '1010', '--channel', 'store-1', '--times', '3')
  expect(await commerce('runJob', '1010')).toMatchObject({ code: 4 })
  expect(await told('sessions')).toMatchObject([
    { job: '1010', state: 'Suspended', tries: 3 },
    { job: 'P-0001', state: 'Applied' },
  ])
  const jobs = JSON.parse((await cascade('jobs', lab, '--view', 'exchange', '--json')).stdout)
  expect(jobs).toMatchObject({ total: 2, jobs: [{ status: 'Paused', retryCount: 3 }, { status: 'Completed' }] })
  expect(await cascade('jobs', lab, 'resume', jobs.jobs[0].id)).toMatchObject({ code: 0 })
  expect(await told('customer', created.account)).toMatchObject({ stage: 'Returned', account: 'C-000001', shown: 'C-000001' })
  expect(await commerce('stuck')).toMatchObject({ code: 0, stdout: 'Nothing is stuck.\n' })
}, 120_000)

test.each([
  ['an unknown channel', ['upload', '--channel', 'store-2'], 2, 'There is no channel store-2'],
  ['a misspelt column', ['editCustomer', '--channel', 'store-1', '--customer', 'C1', '--set', 'phon=1'], 2, 'Did you mean "phone"'],
  ['a missing option', ['editCustomer', '--channel', 'store-1'], 2, '--customer'],
  ['a misspelt batch', ['runBatch', 'SynchronizeCustomer'], 2, 'Did you mean "SynchronizeCustomers"'],
  ['what is refused', ['disableFeature', 'asyncAddresses'], 1, 'cannot be disabled'],
  ['a list that is not meant to be empty', ['setAffiliations', '--channel', 'store-1', '--customer', 'C1'], 2, '--empty'],
  ['an operation of no such name', ['editOperation', '--operation', 'x', '--set', 'phone=1'], 2, 'customer/store-1/3'],
])('%s has its exit status and says what is expected', async (_title, args, code, message) => {
  expect(await commerce(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) })
})
