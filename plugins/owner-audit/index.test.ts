import { openTestEnvironment, type TestEnvironment } from 'cascade-workbench/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'

const AUDIT_COLUMNS = ['table', 'record', 'oldowner', 'newowner', 'changedby', 'job', 'correlation']
const AUDIT_TABLE = {
  primaryName: 'new_name',
  columns: Object.fromEntries(AUDIT_COLUMNS.map((name) => [`new_${name}`, 'String' as const])),
}

const openLab = (configuration: string, tables: Record<string, typeof AUDIT_TABLE>): Promise<TestEnvironment> =>
  openTestEnvironment({
    plugins: [{ plugin, configuration }],
    model: { tables: { account: {}, ...tables } },
    records: { account: [{ id: 'A', ownerid: 'alice' }] },
  })

test('a change of the owner is written down with names and record', async () => {
  await using lab = await openLab('', { new_owneraudit: AUDIT_TABLE })

  await lab.assign('account/A', 'bob', { as: 'carol' })

  expect(lab.retrieveMultiple({ table: 'new_owneraudit' })).toMatchObject([
    {
      new_table: 'account',
      new_record: lab.idOf('account/A'),
      new_oldowner: 'alice',
      new_newowner: 'bob',
      new_changedby: 'carol',
      new_job: null,
      createdby: 'admin',
    },
  ])
})

test('a change of the owner by Update is written down once, too', async () => {
  await using lab = await openLab('', { new_owneraudit: AUDIT_TABLE })

  await lab.update('account/A', { name: 'Renamed', ownerid: 'bob' })

  expect(lab.count('new_owneraudit')).toBe(1)
})

test('the table can be another one', async () => {
  await using lab = await openLab('{ "table": "log" }', { log: AUDIT_TABLE })

  await lab.assign('account/A', 'bob')

  expect(lab.count('log', { new_newowner: 'bob' })).toBe(1)
})

test('where the table is required and missing, the owner stays', async () => {
  await using lab = await openLab('{ "required": true }', {})

  await expect(lab.assign('account/A', 'bob')).rejects.toMatchObject({ name: 'OperationRefused', code: '0x80040224' })

  expect(lab.retrieve('account/A').ownerid).toBe('alice')
})

test('an audit row that does not fit its table is no missing table: the owner stays', async () => {
  await using lab = await openLab('', { new_owneraudit: { primaryName: 'new_name', columns: {} } })

  await expect(lab.assign('account/A', 'bob')).rejects.toMatchObject({ code: '0x80040224' })

  expect(lab.retrieve('account/A').ownerid).toBe('alice')
})

test('a misspelt setting refuses the installation', async () => {
  await expect(openLab('{ "tabel": "log" }', {})).rejects.toThrow('"tabel" is no setting of owner-audit. There are: table, required')
})
