import { expect, test } from 'vitest'
import type { Settings } from '#engine/contract/settings'
import type { LabModel, LabRows } from '../../support/engine.ts'
import { openLab, refusalOf } from '../../support/engine.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, salesorder: {}, visit: { required: { accountid: 'SystemRequired' } } },
  relationships: [
    'account > account.parentid Delete=Cascade',
    'account > contact.parentcustomerid Delete=Cascade',
    'account > salesorder.accountid Delete=Restrict',
    'contact > salesorder.contactid Delete=RemoveLink',
    'account > visit.accountid Delete=RemoveLink',
    'account > visit.otherid',
  ],
}

/** Accounts of every kind: blocked by an order or a visit, above and below each other, in a circle, and free. */
const ROWS: LabRows = {
  account: {
    A0: {},
    A1: { parentid: 'A2' },
    A2: { parentid: 'A6' },
    A3: {},
    A4: { parentid: 'A5' },
    A5: { parentid: 'A4' },
    A6: {},
    A7: {},
    A8: {},
    A9: { parentid: 'A8' },
  },
  contact: { C0: { parentcustomerid: 'A0' }, C3: { parentcustomerid: 'A3' }, C9: { parentcustomerid: 'A9' } },
  salesorder: { O3: { accountid: 'A3' }, O9: { accountid: 'A9', contactid: 'C9' }, O0: { contactid: 'C0' } },
  visit: { V7: { accountid: 'A7' }, V0: { otherid: 'A0' }, V6: { accountid: 'A2', otherid: 'A6' } },
}

const TABLES = Object.keys(MODEL.tables)

test.each([
  ['one batch', { batchSize: 500 }],
  ['batches of one', { batchSize: 1 }],
  ['batches of three', { batchSize: 3 }],
  ['Restrict that passes planned rows', { batchSize: 500, restrictIgnoresRowsBeingDeleted: true }],
] as [string, Partial<Settings>][])('a bulk delete leaves behind what deletes one by one leave: %s [BD1, BD2]', (_, settings) => {
  const [bulk, single] = [0, 1].map(() => openLab(MODEL, { settings }).rows(ROWS))
  if (!bulk || !single) throw new Error('There are two labs')
  let failed = 0
  for (const label of Object.keys(ROWS.account ?? {})) {
    if (!single.labels('account').includes(label)) continue
    try {
      single.sync(single.delete(label))
    } catch {
      failed++
    }
  }

  const { job } = bulk.async({ operation: 'BulkDelete', table: 'account', where: [] })

  expect(job).toMatchObject({ status: 'Completed', operationType: 13, processed: 10, total: 10, failed })
  expect(failed).toBeGreaterThan(1)
  const rowsOf = (lab: typeof bulk) =>
    TABLES.map((table) => [lab.labels(table), ['accountid', 'otherid', 'contactid', 'parentid'].map((name) => lab.column(table, name))])
  expect(JSON.stringify(rowsOf(bulk))).toBe(JSON.stringify(rowsOf(single)))
  expect(bulk.engine.checkIntegrity()).toEqual(single.engine.checkIntegrity())
})

test('users, teams and business units are not deleted in bulk [BD1]', () => {
  const lab = openLab(MODEL)

  expect(refusalOf(() => lab.plan({ operation: 'BulkDelete', table: 'systemuser', where: [] }))).toMatchObject({ code: 'INPUT_INVALID' })
})

test('only the reasons of the first hundred stand in the job, and all are counted [BD2]', () => {
  const names = Array.from({ length: 120 }, (_, index) => `B${index}`)
  const lab = openLab(MODEL).rows({
    account: Object.fromEntries(names.map((name) => [name, {}])),
    salesorder: Object.fromEntries(names.map((name) => [`O${name}`, { accountid: name }])),
  })

  const { job, messages } = lab.async({ operation: 'BulkDelete', table: 'account', where: [] })

  expect(job).toMatchObject({ status: 'Completed', failed: 120, processed: 120 })
  expect(messages.filter(({ code }) => code === '0x80040227')).toHaveLength(100)
})
