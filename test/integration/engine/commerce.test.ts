import { expect, onTestFinished, test } from 'vitest'
import { CommerceLab, THREE_CHANNELS } from '../../support/commerce.ts'

/** A customer of store-1 that has been to headquarters and is back. */
function returned(hideConvertedAsyncRows: boolean): { lab: CommerceLab; account: string } {
  const lab = new CommerceLab({ ...THREE_CHANNELS, settings: { hideConvertedAsyncRows } })
  onTestFinished(() => lab.close())
  const account = lab.do('createCustomer', { channel: 'store-1', values: { FIRSTNAME: 'Eve' } }).account ?? ''
  lab.do('upload', { channel: 'store-1' })
  lab.do('runJob', { job: 'P-0001' })
  lab.do('runBatch', { batch: 'SynchronizeCustomers' })
  expect(lab.engine.getCommerceCustomer(account).shownTwiceIn).toBe(null)
  lab.do('runJob', { job: '1010' })
  return { lab, account }
}

test('a converted customer is shown once, or twice where converted rows are not hidden [CA49]', () => {
  const hidden = returned(true)
  const both = returned(false)

  expect(hidden.lab.engine.getCommerceCustomer(hidden.account)).toMatchObject({ stage: 'Returned', shownTwiceIn: null })
  expect(both.lab.engine.getCommerceCustomer(both.account)).toMatchObject({ stage: 'Returned', shownTwiceIn: 'store-1' })
})

test('an address, affiliation or attribute may be called like a property of every object [CA26]', () => {
  const { lab, account } = returned(true)
  const names = ['constructor', '__proto__', 'toString']

  for (const address of names) lab.do('addAddress', { channel: 'store-1', customer: account, address, values: { ZIP: '1' } })
  const list = Object.fromEntries(names.map((name) => [name, { AFFILIATION: name }]))
  lab.do('setAffiliations', { channel: 'store-1', customer: account, list })
  lab.do('upload', { channel: 'store-1' })
  lab.do('runJob', { job: 'P-0001' })
  lab.do('runBatch', { batch: 'SynchronizeCustomers' })

  const details = lab.engine.getCommerceCustomer(account).headquarters?.details
  expect(Object.keys(details?.address ?? {}).sort()).toEqual([...names].sort())
  expect(Object.keys(details?.affiliation ?? {}).sort()).toEqual([...names].sort())
})
