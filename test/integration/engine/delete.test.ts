import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, task: {}, salesorder: {} },
  relationships: [
    'account > contact.parentcustomerid Delete=Cascade',
    'contact > task.regardingobjectid Delete=Cascade',
    'contact > salesorder.contactid Delete=Restrict',
    'account > salesorder.accountid Delete=RemoveLink',
  ],
}

const openTree = (settings = {}) =>
  openLab(MODEL, { settings }).rows({
    account: { A: {}, B: {} },
    contact: { C1: { parentcustomerid: 'A' }, C2: { parentcustomerid: 'B' } },
    task: { T1: { regardingobjectid: 'C1' }, T2: { regardingobjectid: 'C2' } },
    salesorder: { O1: { accountid: 'A' }, O2: { accountid: 'B' } },
  })

const blocked = (record: string, parent: string, relationship: string) => ({
  record: expect.objectContaining({ name: record }),
  parent: expect.objectContaining({ name: parent }),
  relationship,
  code: '0x80040227',
})

for (const mode of ['sync', 'async'] as const) {
  test(`${mode}: Cascade deletes the children, each by its own rules, before their parent [DL1]`, () => {
    const lab = openTree({ batchSize: 1 })

    lab[mode](lab.delete('A'))

    expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['B'], ['C2'], ['T2']])
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: RemoveLink empties the lookup and keeps the child, whose modification stays [DL2]`, () => {
    const lab = openTree()
    lab.nowMs += 60_000

    lab[mode](lab.delete('A'), 'bob')

    expect(lab.column('salesorder', 'accountid')).toEqual({ O1: null, O2: 'B' })
    expect(lab.read('O1', 'modifiedon', 'modifiedby')).toEqual({ modifiedon: new Date(START_MS).toISOString(), modifiedby: 'admin' })
  })

  test(`${mode}: with the setting on, RemoveLink counts as a modification [DL2]`, () => {
    const lab = openTree({ removeLinkUpdatesModifiedOn: true })
    lab.nowMs += 60_000

    lab[mode](lab.delete('A'), 'bob')

    expect(lab.read('O1', 'accountid', 'modifiedon', 'modifiedby')).toEqual({
      accountid: null,
      modifiedon: new Date(START_MS + 60_000).toISOString(),
      modifiedby: 'bob',
    })
    expect(lab.read('O2', 'modifiedby')).toEqual({ modifiedby: 'admin' })
  })

  test(`${mode}: several lookups of one row to rows of the same delete are all emptied [DL2]`, () => {
    const lab = openLab(
      {
        tables: { account: {}, task: {} },
        relationships: [
          'account > account.parentid Delete=Cascade',
          'account > task.first Delete=RemoveLink',
          'account > task.second Delete=RemoveLink',
          'account > task.third Delete=RemoveLink',
        ],
      },
      { settings: { batchSize: 1 } },
    ).rows({
      account: { A: {}, A1: { parentid: 'A' }, A2: { parentid: 'A1' }, Z: {} },
      task: { T1: { first: 'A', second: 'A1', third: 'Z' }, T2: { first: 'A2', second: 'A2', third: 'A' } },
    })

    lab[mode](lab.delete('A'))

    expect(lab.read('T1', 'first', 'second', 'third')).toEqual({ first: null, second: null, third: 'Z' })
    expect(lab.read('T2', 'first', 'second', 'third')).toEqual({ first: null, second: null, third: null })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: a child on RemoveLink of one row and Cascade of another goes [DL1, DL2]`, () => {
    const lab = openLab(
      {
        tables: { account: {}, contact: {}, task: {} },
        relationships: [
          'account > contact.accountid Delete=Cascade',
          'account > task.accountid Delete=RemoveLink',
          'contact > task.contactid Delete=Cascade',
        ],
      },
      { settings: { batchSize: 1 } },
    ).rows({
      account: { A: {} },
      contact: { C: { accountid: 'A' } },
      task: { T1: { accountid: 'A', contactid: 'C' }, T2: { accountid: 'A' }, T3: { contactid: 'C' } },
    })

    expect(lab.planned(lab.delete('A'))).toEqual({ delete: ['A', 'C', 'T1', 'T3'], unlink: ['T2'] })
    lab[mode](lab.delete('A'))

    expect(lab.column('task', 'accountid')).toEqual({ T2: null })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: a row that goes with the same delete does not stand in its way by a lookup that cannot be empty [DL10]`, () => {
    const lab = openLab(
      {
        tables: { account: {}, contact: {}, task: { required: { contactid: 'SystemRequired' } } },
        relationships: [
          'account > contact.accountid Delete=Cascade',
          'account > task.accountid Delete=Cascade',
          'contact > task.contactid Delete=RemoveLink',
        ],
      },
      { settings: { batchSize: 1 } },
    ).rows({ account: { A: {} }, contact: { C: { accountid: 'A' } }, task: { T: { accountid: 'A', contactid: 'C' } } })

    lab[mode](lab.delete('A'))

    expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([[], [], []])
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: NoCascade leaves the child pointing to a row that is gone, with the GUID it was shown with [DL5]`, () => {
    const lab = openLab({ tables: { account: {}, note: {} }, relationships: ['account > note.accountid Assign=Cascade'] })
    lab.rows({ account: { A: {} }, note: { N: { accountid: 'A' } } })
    const { id } = lab.refOf('A')

    lab[mode](lab.delete('A'))

    expect(lab.engine.as('admin').getRecord(lab.refOf('N')).values.accountid).toEqual({ table: 'account', id, name: null })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: so does a relationship that no action travels [DL5]`, () => {
    const lab = openLab({ tables: { account: {}, note: {} }, relationships: ['account > note.accountid'] })
    lab.rows({ account: { A: {} }, note: { N: { accountid: 'A' } } })
    const { id } = lab.refOf('A')

    lab[mode](lab.delete('A'))

    expect(lab.engine.as('admin').getRecord(lab.refOf('N')).values.accountid).toEqual({ table: 'account', id, name: null })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: links of N:N relationships go with a row of either side, and are not counted [DL6]`, () => {
    const lab = openLab({
      tables: { account: {}, list: {} },
      relationships: ['account > account.parentid Delete=Cascade'],
      manyToMany: ['account & list through accountlist', 'account & account through partner'],
    }).rows({ account: { A: {}, A1: { parentid: 'A' }, B: {} }, list: { L: {} } })
    lab.link('accountlist', 'A', 'L').link('accountlist', 'A1', 'L').link('accountlist', 'B', 'L')
    lab.link('partner', 'A', 'B').link('partner', 'B', 'A1').link('partner', 'B', 'B')

    expect(lab.plan(lab.delete('A'))).toMatchObject({ affected: 2, linksRemoved: 4, byTable: { account: 2 } })
    lab[mode](lab.delete('A'))

    expect(lab.plan(lab.delete('B'))).toMatchObject({ affected: 1, linksRemoved: 2 })
    lab[mode](lab.delete('L'))
    expect(lab.plan(lab.delete('B'))).toMatchObject({ affected: 1, linksRemoved: 1 })
  })

  test(`${mode}: rows that were merged into a deleted row lose their master [DL9]`, () => {
    const lab = openLab({ tables: { account: {} }, relationships: [] }).rows({ account: { T: {}, S1: {}, S2: {}, X: {} } })
    for (const subordinate of ['S1', 'S2']) lab.sync(lab.merge(subordinate, 'T'))

    lab[mode](lab.delete('T'))

    expect(lab.column('account', 'masterid')).toEqual({ S1: null, S2: null, X: null })
    expect(lab.column('account', 'merged')).toEqual({ S1: true, S2: true, X: false })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: a ring of rows goes as a whole [DL1]`, () => {
    const lab = openLab(
      {
        tables: { account: {}, contact: {} },
        relationships: ['account > contact.accountid Delete=Cascade', 'contact > account.contactid Delete=Cascade'],
      },
      { settings: { batchSize: 1 } },
    ).rows({ account: { A1: { contactid: 'C1' }, A2: { contactid: 'C2' } }, contact: { C1: { accountid: 'A2' }, C2: { accountid: 'A1' } } })

    lab[mode](lab.delete('A1'))

    expect([lab.labels('account'), lab.labels('contact')]).toEqual([[], []])
  })
}

test('Restrict on the root refuses, naming the row that blocks [DL3]', () => {
  const lab = openTree()
  lab.update('O1', { contactid: 'C2' })

  expect(lab.plan(lab.delete('C2'))).toMatchObject({ blockedCount: 1, blockedBy: [blocked('O1', 'C2', 'contact_salesorder_contactid')] })
  expect(refusalOf(() => lab.sync(lab.delete('C2')))).toMatchObject({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80040227',
    details: { count: 1, blockedBy: [blocked('O1', 'C2', 'contact_salesorder_contactid')] },
  })
})

test('Restrict deep below refuses everything, in either mode [DL3]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, task: {}, salesorder: {} },
    relationships: [
      'account > contact.a Delete=Cascade',
      'contact > contact.c Delete=Cascade',
      'contact > task.c Delete=Cascade',
      'task > salesorder.t Delete=Restrict',
    ],
  }).rows({
    account: { A: {} },
    contact: { C1: { a: 'A' }, C2: { c: 'C1' }, C3: { c: 'C2' } },
    task: { T1: { c: 'C3' }, T2: { c: 'C1' } },
    salesorder: { O1: { t: 'T1' }, O2: { t: 'T1' }, O3: { t: 'T2' }, O4: {} },
  })
  const before = lab.everything()

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ platformCode: '0x80040227', details: { count: 3 } })
  expect(refusalOf(() => lab.job(lab.delete('A')))).toMatchObject({ platformCode: '0x80040227', details: { count: 3 } })
  expect(lab.everything()).toEqual(before)
})

test('all blockers are counted, the first ones are listed [DL3]', () => {
  const lab = openTree()
  lab.rows({ salesorder: Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`X${index}`, { contactid: 'C1' }])) })

  const { blockedBy, blockedCount } = lab.plan(lab.delete('A'))

  expect([blockedBy.length, blockedCount]).toEqual([200, 250])
  expect(blockedBy.map(({ reason }) => inEnglish(reason))[0]).toBe('contact_salesorder_contactid is set to Restrict')
})

test('a row does not stand in its own way [DL3]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: ['account > account.parentid Delete=Restrict'] })
  lab.rows({ account: { A: { parentid: 'A' }, B: {}, C: { parentid: 'B' } } })

  expect(lab.sync(lab.delete('A'))).toBe(1)
  expect(refusalOf(() => lab.sync(lab.delete('B')))).toMatchObject({ platformCode: '0x80040227', details: { count: 1 } })
})

const RESTRICT_AND_CASCADE: LabModel = {
  tables: { account: {}, contact: {}, salesorder: {} },
  relationships: ['account > contact.a Delete=Cascade', 'contact > salesorder.c Delete=Restrict', 'account > salesorder.a Delete=Cascade'],
}
const BOTH_PATHS = { account: { A: {} }, contact: { C: { a: 'A' } }, salesorder: { O: { a: 'A', c: 'C' } } }

test('a restricting child blocks also where the same delete would remove it by another path [DL4]', () => {
  const lab = openLab(RESTRICT_AND_CASCADE).rows(BOTH_PATHS)

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({
    platformCode: '0x80040227',
    details: { count: 1, blockedBy: [blocked('O', 'C', 'contact_salesorder_c')] },
  })
})

for (const mode of ['sync', 'async'] as const)
  for (const batchSize of [1, 500])
    test(`${mode}, batches of ${batchSize}: with the setting on, a row that goes anyway blocks nothing [DL4]`, () => {
      const lab = openLab(RESTRICT_AND_CASCADE, { settings: { restrictIgnoresRowsBeingDeleted: true, batchSize } }).rows(BOTH_PATHS)

      lab[mode](lab.delete('A'))

      expect([lab.labels('account'), lab.labels('contact'), lab.labels('salesorder')]).toEqual([[], [], []])
      expect(lab.engine.checkIntegrity()).toEqual([])
    })

test('with the setting on, a row that only loses its link still blocks [DL4]', () => {
  const lab = openLab(
    {
      tables: { account: {}, contact: {}, salesorder: {} },
      relationships: [
        'account > contact.a Delete=Cascade',
        'contact > salesorder.c Delete=Restrict',
        'account > salesorder.a Delete=RemoveLink',
      ],
    },
    { settings: { restrictIgnoresRowsBeingDeleted: true } },
  ).rows(BOTH_PATHS)

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ platformCode: '0x80040227', details: { count: 1 } })
})

test('a GUID that is given again and deleted again is still shown at both ends [DL5]', () => {
  const lab = openLab({ tables: { account: {}, note: {} }, relationships: ['account > note.accountid Assign=Cascade'] })
  lab.rows({ account: { A: {} }, note: { N1: { accountid: 'A' } } })
  const { id } = lab.refOf('A')
  lab.sync(lab.delete('A'))
  lab.create('account', 'A', { accountid: id })
  lab.create('note', 'N2', { accountid: 'A' })

  lab.sync(lab.delete('A'))

  expect(lab.column('note', 'accountid')).toEqual({ N1: id, N2: id })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a user who made and changed records can go: the records say whose GUID it was [DL5]', () => {
  const lab = openTree()
  lab.create('account', 'Z', {}, 'carol')
  const { id } = lab.refOf('carol')
  lab.sync(lab.assign('Z', 'bob'), 'carol')

  lab.sync(lab.delete('carol'))

  expect(lab.read('Z', 'ownerid', 'createdby', 'modifiedby')).toEqual({ ownerid: 'bob', createdby: id, modifiedby: id })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a job stops at a planned record that is gone; what was done stays done [DL7]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.delete('A'))
  lab.batch(job)
  lab.sync(lab.delete('C1'))

  const { job: ended, messages } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Paused', statuscode: 10, errorCode: '0x80040217', total: 4, processed: 1, batches: 1 })
  expect(messages.at(-1)).toMatchObject({ level: 'error', code: '0x80040217' })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['A', 'B'], ['C2'], ['T2']])
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('executed again, the job takes what is left [DL7]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.delete('A'))
  lab.batch(job)
  lab.sync(lab.delete('C1'))
  lab.finish(job)

  lab.engine.as('admin').reexecuteJob(job.id)

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 2, processed: 2 })
  expect(lab.labels('account')).toEqual(['B'])
})

test('a job commits what comes before the record that fails, within one batch [DL7, JB5]', () => {
  const lab = openTree({ batchSize: 500 })
  const job = lab.job(lab.delete('A'))
  lab.create('salesorder', 'O9', { contactid: 'C1' })

  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Paused', errorCode: '0x80040227', total: 4, processed: 1, batches: 1 })
  expect(messageOfJob(ended)).toContain(`contact_salesorder_contactid: 1 row of salesorder, salesorder O9 (${lab.refOf('O9').id})`)
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['A', 'B'], ['C1', 'C2'], ['T2']])
  expect(lab.column('salesorder', 'accountid')).toEqual({ O1: 'A', O2: 'B', O9: null })
})

test('a child that came after planning goes with its parent, with all below it [DL8]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.delete('A'))
  lab.create('contact', 'C9', { parentcustomerid: 'A' })
  lab.create('task', 'T9', { regardingobjectid: 'C9' })
  lab.create('task', 'T8', { regardingobjectid: 'C1' })
  lab.create('salesorder', 'O9', { accountid: 'A' })

  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Completed', total: 4, processed: 4 })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['B'], ['C2'], ['T2']])
  expect(lab.column('salesorder', 'accountid')).toEqual({ O1: null, O2: 'B', O9: null })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a child that came after planning and cannot go stops the record that it hangs on [DL8, DL7]', () => {
  const lab = openTree({ batchSize: 500 })
  const job = lab.job(lab.delete('A'))
  lab.create('contact', 'C9', { parentcustomerid: 'A' })
  lab.create('salesorder', 'O9', { contactid: 'C9' })

  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Paused', errorCode: '0x80040227', total: 4, processed: 3 })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['A', 'B'], ['C2', 'C9'], ['T2']])
  expect(lab.column('salesorder', 'contactid')).toEqual({ O1: null, O2: null, O9: 'C9' })
})

test('a planned row that moved below a new child is left to the job, and goes once [DL8]', () => {
  const lab = openTree({ batchSize: 1 })
  lab.rows({ task: { T5: { regardingobjectid: 'C1' } } })
  const job = lab.job(lab.delete('A'))
  lab.create('contact', 'C9', { parentcustomerid: 'A' })
  lab.update('T5', { regardingobjectid: 'C9' })

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 5, processed: 5 })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['B'], ['C2'], ['T2']])
})

test('a new child whose loop leads back to planned rows does not take them before their turn [DL8]', () => {
  const lab = openLab(
    { tables: { account: {} }, relationships: ['account > account.parentid Delete=Cascade'] },
    { settings: { batchSize: 1 } },
  )
  lab.rows({ account: { A: {}, A1: { parentid: 'A' }, A2: { parentid: 'A1' } } })
  const job = lab.job(lab.delete('A'))
  lab.rows({ account: { N: { parentid: 'A1' } } })
  lab.update('A2', { parentid: 'N' })

  const labels = []
  for (let status = job.status; status !== 'Completed'; ) {
    status = lab.batch(job).status
    labels.push(lab.labels('account'))
  }

  expect(labels).toEqual([['A', 'A1', 'N'], ['A'], []])
})

test('a row that was only to lose its link, and now hangs on a row that goes, goes with it [DL8]', () => {
  const lab = openLab(
    {
      tables: { account: {}, contact: {}, task: {} },
      relationships: [
        'account > contact.accountid Delete=Cascade',
        'account > task.accountid Delete=RemoveLink',
        'contact > task.contactid Delete=Cascade',
      ],
    },
    { settings: { batchSize: 1 } },
  ).rows({ account: { A: {} }, contact: { C: { accountid: 'A' } }, task: { T: { accountid: 'A' } } })
  const job = lab.job(lab.delete('A'))
  lab.update('T', { contactid: 'C' })

  expect(lab.finish(job).job.status).toBe('Completed')
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([[], [], []])
})

test('a link that was moved elsewhere meanwhile is left there [DL2]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.delete('A'))
  lab.update('O1', { accountid: 'B' })

  expect(lab.finish(job).job.status).toBe('Completed')
  expect(lab.column('salesorder', 'accountid')).toEqual({ O1: 'B', O2: 'B' })
})

test.each(['ApplicationRequired', 'SystemRequired', 'Mandatory'] as const)(
  'a delete that would empty a lookup of level %s is refused, naming its row [DL10]',
  (level) => {
    const lab = openLab({
      tables: { account: {}, contact: { required: { accountid: level } } },
      relationships: ['account > account.parentid Delete=Cascade', 'account > contact.accountid Delete=RemoveLink'],
    }).rows({ account: { A: {}, A1: { parentid: 'A' } }, contact: { C: { accountid: 'A1' } } })
    const before = lab.everything()

    expect(lab.plan(lab.delete('A'))).toMatchObject({
      blockedCount: 1,
      blockedBy: [{ code: '0x80048104', record: { name: 'C' }, parent: { name: 'A1' }, relationship: 'account_contact_accountid' }],
    })
    expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80048104' })

    expect(lab.everything()).toEqual(before)
  },
)

test('a row that came to need its parent after the delete was planned stops the job [DL10]', () => {
  const lab = openLab({
    tables: { account: {}, contact: { required: { accountid: 'SystemRequired' } } },
    relationships: ['account > account.parentid Delete=Cascade', 'account > contact.accountid Delete=RemoveLink'],
  }).rows({ account: { A: {}, A1: { parentid: 'A' } } })
  const job = lab.job(lab.delete('A'))
  lab.create('contact', 'C', { accountid: 'A' })

  expect(lab.finish(job).job).toMatchObject({ status: 'Paused', errorCode: '0x80048104', processed: 1 })
  expect(lab.column('contact', 'accountid')).toEqual({ C: 'A' })
})
