import { openTestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'

const OUTBOX = { primaryName: 'new_name', columns: { new_recipient: 'String', new_key: 'String' } } as const

test('the new owner of a record is told after the commit', async () => {
  await using lab = await openTestEnvironment({
    plugins: [plugin],
    model: { tables: { account: {}, new_outboxmessage: OUTBOX } },
    records: { account: [{ id: 'A', ownerid: 'alice' }] },
  })

  await lab.assign('account/A', 'bob')

  expect(lab.retrieveMultiple({ table: 'new_outboxmessage' })).toMatchObject([
    { new_recipient: 'bob', new_name: `account ${lab.idOf('account/A')} is yours now` },
  ])
  expect(lab.stepJobs()).toMatchObject([{ plugin: 'notification-outbox', message: 'Update', status: 'Completed' }])
})

test('without an outbox the system job fails, and the record has its new owner all the same', async () => {
  await using lab = await openTestEnvironment({
    plugins: [plugin],
    model: { tables: { account: {} } },
    records: { account: [{ id: 'A', ownerid: 'alice' }] },
  })

  await lab.assign('account/A', 'bob')

  expect(lab.retrieve('account/A').ownerid).toBe('bob')
  expect(lab.stepJobs()).toMatchObject([{ status: 'Failed', error: { code: '0x80040224' } }])
})

test('other tables can be chosen', async () => {
  await using lab = await openTestEnvironment({
    plugins: [{ plugin, configuration: '{ "tables": ["contact"], "outbox": "mail" }' }],
    model: { tables: { account: {}, contact: {}, mail: OUTBOX } },
    records: { account: [{ id: 'A', ownerid: 'alice' }], contact: [{ id: 'C', ownerid: 'alice' }] },
  })

  await lab.assign('account/A', 'bob')
  await lab.assign('contact/C', 'carol')

  expect(lab.retrieveMultiple({ table: 'mail' })).toMatchObject([{ new_recipient: 'carol' }])
})

test('tables that are no list refuse the installation', async () => {
  const opening = openTestEnvironment({ plugins: [{ plugin, configuration: '{ "tables": "account" }' }] })

  await expect(opening).rejects.toThrow('"tables" is a list of logical names')
})
