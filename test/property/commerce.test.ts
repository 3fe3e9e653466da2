import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BatchName, ExchangeJob } from '../../main/commerce/model/exchange.ts'
import { BATCHES, EXCHANGE_JOBS } from '../../main/commerce/model/exchange.ts'
import { CommerceLab } from '../support/commerce.ts'
import { assertOften, Tally } from '../support/reference-model/runs.ts'

const CHANNELS = ['store-1', 'store-2', 'web-1'] as const
type ChannelName = (typeof CHANNELS)[number]

/** Each place edits a column of its own, so that what must come out does not depend on who is processed last. */
const COLUMN_OF: Record<ChannelName | 'headquarters', string> = {
  'store-1': 'PHONE',
  'store-2': 'CELLULARPHONE',
  'web-1': 'URL',
  headquarters: 'EMAIL',
}

/** One step of a random sequence. Customers are meant by their number among those that exist. */
type Step =
  | { do: 'create'; channel: ChannelName; hasGroup: boolean }
  | { do: 'edit'; channel: ChannelName; customer: number; value: number }
  | { do: 'address'; channel: ChannelName; customer: number; hasZip: boolean }
  | { do: 'editInHeadquarters'; customer: number; value: number }
  | { do: 'block'; customer: number; isBlocked: boolean }
  | { do: 'order'; channel: ChannelName; customer: number; isOrder: boolean }
  | { do: 'job'; job: ExchangeJob; channel: ChannelName | undefined }
  | { do: 'upload' | 'recycle' | 'rerun'; channel: ChannelName; job: ExchangeJob }
  | { do: 'batch'; batch: BatchName }
  | { do: 'links'; channel: ChannelName; isOnline: boolean; isRealTime: boolean }
  | { do: 'option'; channel: ChannelName; isAsync: boolean }
  | { do: 'fail'; channel: ChannelName; job: ExchangeJob; times: number }
  | { do: 'repair'; operation: number }
  | { do: 'through' }
  | { do: 'wait'; minutes: number }

const channel = fc.constantFrom(...CHANNELS)
const customer = fc.nat(30)
const value = fc.nat(1_000_000)
const job = fc.constantFrom(...EXCHANGE_JOBS)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), channel, hasGroup: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit' as const), channel, customer, value }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('address' as const), channel, customer, hasZip: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('editInHeadquarters' as const), customer, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('block' as const), customer, isBlocked: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('order' as const), channel, customer, isOrder: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('job' as const), job, channel: fc.option(channel, { nil: undefined }) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('upload' as const, 'upload' as const, 'recycle' as const, 'rerun' as const), channel, job }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('batch' as const), batch: fc.constantFrom(...BATCHES) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('links' as const), channel, isOnline: fc.boolean(), isRealTime: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('option' as const), channel, isAsync: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), channel, job, times: fc.integer({ min: 1, max: 7 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('repair' as const), operation: fc.nat(30) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('through' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(20) }) },
)

/** What must be true in the end of one customer: its last accepted edits, by their columns. */
interface Expected {
  account: string
  values: Record<string, string>
}

/** Runs a sequence against the product, and keeps beside it what a customer's owner would expect. */
class Run {
  readonly lab = new CommerceLab()
  readonly customers: Expected[] = []
  #sales = 0
  readonly tally: Tally

  constructor(tally: Tally) {
    this.tally = tally
  }

  take(step: Step): void {
    const { lab, customers } = this
    const meant = 'customer' in step && customers.length > 0 ? customers[step.customer % customers.length] : undefined
    switch (step.do) {
      case 'create': {
        const values = { FIRSTNAME: `N${customers.length}`, ADDRESSBOOK: 'all', ...(step.hasGroup ? { CUSTGROUP: '1' } : {}) }
        const created = lab.try('createCustomer', { channel: step.channel, values })
        if (created?.account != null) customers.push({ account: created.account, values: { FIRSTNAME: values.FIRSTNAME } })
        this.tally.add(`created ${created?.path ?? 'not at all'}`, true)
        return
      }
      case 'edit': {
        if (meant === undefined) return
        const column = COLUMN_OF[step.channel]
        const values = { [column]: String(step.value) }
        const edited = lab.try('editCustomer', { channel: step.channel, customer: meant.account, values })
        if (edited !== undefined) Object.assign(meant.values, values)
        this.tally.add('edited', edited !== undefined)
        return
      }
      case 'address': {
        if (meant === undefined) return
        const address = `A${++this.#sales}`
        lab.try('addAddress', {
          channel: step.channel,
          customer: meant.account,
          address,
          values: { STREET: 'Main St 1', ...(step.hasZip ? { ZIP: '1' } : {}) },
        })
        return
      }
      case 'editInHeadquarters': {
        if (meant === undefined) return
        const values = { [COLUMN_OF.headquarters]: String(step.value) }
        if (lab.try('editInHeadquarters', { customer: meant.account, values }) !== undefined) Object.assign(meant.values, values)
        return
      }
      case 'block':
        if (meant !== undefined) lab.try('editInHeadquarters', { customer: meant.account, values: { BLOCKED: step.isBlocked ? 1 : 0 } })
        return
      case 'order': {
        if (meant === undefined) return
        const sale = { channel: step.channel, customer: meant.account, id: `O${++this.#sales}` }
        if (step.isOrder) lab.try('createOrder', { ...sale, mode: 'Async' })
        else lab.try('cashAndCarry', sale)
        return
      }
      case 'job':
        lab.do('runJob', { job: step.job, channel: step.channel })
        return
      case 'upload':
        lab.do('upload', { channel: step.channel })
        return
      case 'recycle':
        lab.do('recycleChannel', { channel: step.channel })
        return
      case 'rerun':
        lab.try('rerunSession', { job: step.job, channel: step.channel })
        return
      case 'batch':
        lab.do('runBatch', { batch: step.batch })
        return
      case 'links':
        lab.do('setChannel', { channel: step.channel, isOnline: step.isOnline, isRealTime: step.isRealTime })
        return
      case 'option':
        lab.do('setChannel', { channel: step.channel, createCustomerInAsyncMode: step.isAsync })
        return
      case 'fail':
        lab.do('failSession', { job: step.job, channel: step.channel, times: step.times })
        return
      case 'repair': {
        const failed = lab.engine.findSyncOperations().filter(({ status, entity }) => status === 'Failed' && entity === 'customer')
        const operation = failed[step.operation % Math.max(1, failed.length)]
        if (operation === undefined) return
        if (operation.operation === 'Create') lab.do('editOperation', { operation, values: { CUSTGROUP: '2' } })
        lab.do('synchronizeOperations', { operations: [operation] })
        this.tally.add('repaired', true)
        return
      }
      case 'through':
        for (const channel of CHANNELS) lab.do('upload', { channel })
        lab.do('runJob', { job: 'P-0001' })
        lab.do('runBatch', { batch: 'SynchronizeCustomers' })
        return
      case 'wait':
        lab.nowMs += step.minutes * 60_000
    }
  }

  /** Mends what was cut or made to fail, gives every creation its group, and lets everything through. */
  settle(): void {
    const { lab } = this
    for (const channel of CHANNELS) {
      lab.do('setChannel', { channel, isOnline: true, isRealTime: true })
      for (const job of EXCHANGE_JOBS)
        for (let again = 0; again < 4 && this.#isSuspended(job, channel); again++) lab.try('rerunSession', { job, channel })
      lab.do('upload', { channel })
    }
    for (const { account } of this.customers) lab.try('editInHeadquarters', { customer: account, values: { BLOCKED: 0 } })
    for (let round = 0; round < 3; round++) this.#through()
    for (const operation of lab.engine.findSyncOperations())
      if (operation.status === 'Failed' && operation.entity === 'customer' && operation.operation === 'Create')
        lab.do('editOperation', { operation, values: { CUSTGROUP: '3' } })
    this.#through()
  }

  #through(): void {
    const { lab } = this
    for (let again = 0; again < 4; again++) {
      lab.do('runJob', { job: 'P-0001' })
      for (const channel of CHANNELS) if (this.#isSuspended('P-0001', channel)) lab.try('rerunSession', { job: 'P-0001', channel })
    }
    for (const batch of BATCHES) lab.do('runBatch', { batch })
    for (let again = 0; again < 4; again++) {
      lab.do('runJob', { job: '1010' })
      for (const channel of CHANNELS) if (this.#isSuspended('1010', channel)) lab.try('rerunSession', { job: '1010', channel })
    }
  }

  #isSuspended(job: ExchangeJob, channel: ChannelName): boolean {
    return this.lab.engine
      .findCommerceSessions(1_000)
      .some((each) => each.job === job && each.channel === channel && each.state === 'Suspended')
  }
}

test('whatever happens in whatever order, no customer is lost or made twice, and every operation ends [CA30, CA34, CA36]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const run = new Run(tally)
      const { lab, customers } = run
      try {
        for (const each of steps) run.take(each)
        run.settle()

        const operations = lab.engine.findSyncOperations()
        expect(operations.filter(({ status }) => status === 'Pending')).toEqual([])
        // Addresses without a zip stay visibly failed; nothing else does.
        expect(operations.filter(({ status, entity }) => status === 'Failed' && entity !== 'address')).toEqual([])
        const described = customers.map(({ account }) => lab.engine.getCommerceCustomer(account))
        expect(described.map(({ stage }) => stage)).toEqual(customers.map(() => 'Returned'))
        const accounts = described.map(({ realAccount }) => realAccount)
        expect([...accounts].sort()).toEqual(customers.map((_, index) => `C-${String(index + 1).padStart(6, '0')}`))
        for (const [index, { headquarters, seenIn, realAccount }] of described.entries()) {
          expect(headquarters?.values).toMatchObject(customers[index]?.values ?? {})
          for (const channel of CHANNELS)
            expect(seenIn[channel]).toMatchObject({ account: realAccount, values: customers[index]?.values ?? {} })
        }
        expect(lab.engine.checkIntegrity()).toEqual([])
        tally.add('customers', customers.length > 2)
        tally.add(
          'failed addresses',
          operations.some(({ status }) => status === 'Failed'),
        )
      } finally {
        lab.close()
      }
    }),
    {
      runs: 40,
      tally,
      least: {
        customers: 20,
        edited: 30,
        repaired: 3,
        'failed addresses': 5,
        'created Async': 20,
        'created Sync': 5,
        'created AsyncFallback': 3,
      },
    },
  )
})
