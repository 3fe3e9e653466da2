import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'

const MODEL: LabModel = {
  tables: { account: { columns: { telephone: 'String', revenue: 'Money' } }, contact: {}, salesorder: {}, quote: {}, note: {}, list: {} },
  relationships: [
    'account > account.parentaccountid Assign=Cascade Delete=RemoveLink Merge=Cascade',
    'account > contact.parentcustomerid Assign=Cascade Delete=Cascade Merge=Cascade',
    'account > salesorder.customerid Delete=Restrict Merge=Cascade',
    'contact > salesorder.customerid Delete=RemoveLink Merge=Cascade',
    'account > quote.customerid Merge=Cascade',
    'account > note.accountid Delete=RemoveLink',
  ],
  manyToMany: ['account & list through accountlist', 'list & account through listaccount'],
}

const openPair = (settings = {}) => openLab(MODEL, { settings }).rows({ account: { T: { ownerid: 'alice' }, S: { ownerid: 'bob' } } })

for (const mode of ['sync', 'async'] as const) {
  test(`${mode}: children move along Merge = Cascade and keep their owner, the others stay [MG1, MG12]`, () => {
    const lab = openPair()
    lab.rows({
      account: { S1: { parentaccountid: 'S' }, X: {} },
      contact: { C1: { parentcustomerid: 'S', ownerid: 'carol' }, C2: { parentcustomerid: 'T' } },
      salesorder: { O1: { customerid: 'S' }, O2: { customerid: 'C1' }, O3: { customerid: 'X' } },
      note: { N: { accountid: 'S' } },
    })
    lab.nowMs += 60_000

    lab[mode](lab.merge('S', 'T'), 'bob')

    expect(lab.column('account', 'parentaccountid')).toEqual({ T: null, S: null, S1: 'T', X: null })
    expect(lab.column('contact', 'parentcustomerid')).toEqual({ C1: 'T', C2: 'T' })
    expect(lab.column('salesorder', 'customerid')).toEqual({ O1: 'T', O2: 'C1', O3: 'X' })
    expect(lab.column('note', 'accountid')).toEqual({ N: 'S' })
    expect(lab.read('C1', 'ownerid', 'modifiedby', 'modifiedon')).toEqual({
      ownerid: 'carol',
      modifiedby: 'bob',
      modifiedon: new Date(START_MS + 60_000).toISOString(),
    })
    expect(lab.read('O2', 'modifiedby', 'modifiedon')).toEqual({ modifiedby: 'admin', modifiedon: new Date(START_MS).toISOString() })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

  test(`${mode}: the subordinate is kept, inactive, marked as merged, pointing to the target [MG2]`, () => {
    const lab = openPair()
    lab.nowMs += 60_000

    lab[mode](lab.merge('S', 'T'), 'bob')

    expect(lab.read('S', 'statecode', 'statuscode', 'merged', 'masterid', 'ownerid', 'modifiedby', 'modifiedon')).toEqual({
      statecode: 1,
      statuscode: 2,
      merged: true,
      masterid: 'T',
      ownerid: 'bob',
      modifiedby: 'bob',
      modifiedon: new Date(START_MS + 60_000).toISOString(),
    })
  })

  test(`${mode}: the target’s columns change through UpdateContent only [MG3]`, () => {
    const lab = openPair()
    lab.rows({ account: { T2: { telephone: '1', revenue: 5 }, S2: { telephone: '2', revenue: 6 } } })
    lab.nowMs += 60_000

    lab[mode](lab.merge('S2', 'T2', { content: { telephone: '3' } }), 'bob')
    lab[mode](lab.merge('S', 'T'), 'bob')

    expect(lab.read('T2', 'telephone', 'revenue', 'modifiedby', 'statecode', 'merged')).toEqual({
      telephone: '3',
      revenue: 5,
      modifiedby: 'bob',
      statecode: 0,
      merged: false,
    })
    expect(lab.read('S2', 'telephone', 'revenue')).toEqual({ telephone: '2', revenue: 6 })
    expect(lab.read('T', 'telephone', 'modifiedby', 'modifiedon')).toEqual({
      telephone: null,
      modifiedby: 'admin',
      modifiedon: new Date(START_MS).toISOString(),
    })
  })

  test(`${mode}: N:N links of the subordinate move to the target, which keeps those it has [MG11]`, () => {
    const lab = openPair()
    lab.rows({ list: { L1: {}, L2: {}, L3: {} } })
    lab.link('accountlist', 'T', 'L1').link('accountlist', 'S', 'L1').link('accountlist', 'S', 'L2').link('listaccount', 'L3', 'S')
    const linksOf = (label: string) => lab.plan(lab.delete(label)).linksRemoved

    lab[mode](lab.merge('S', 'T'))

    expect({ T: linksOf('T'), S: linksOf('S'), L1: linksOf('L1'), L2: linksOf('L2'), L3: linksOf('L3') }).toEqual({
      T: 3,
      S: 0,
      L1: 1,
      L2: 1,
      L3: 1,
    })
  })

  test(`${mode}: a child with several lookups to the subordinate moves with all of them, once [MG1]`, () => {
    const lab = openLab({
      tables: { account: {}, contact: {} },
      relationships: ['account > contact.first Merge=Cascade', 'account > contact.second Merge=Cascade', 'account > contact.third'],
    }).rows({
      account: { T: {}, S: {} },
      contact: { C1: { first: 'S', second: 'S', third: 'S' }, C2: { first: 'T', second: 'S' }, C3: { first: 'S' } },
    })

    expect(lab.plan(lab.merge('S', 'T'))).toMatchObject({ affected: 4, byTable: { account: 1, contact: 3 } })
    lab[mode](lab.merge('S', 'T'))

    expect(lab.column('contact', 'first')).toEqual({ C1: 'T', C2: 'T', C3: 'T' })
    expect(lab.column('contact', 'second')).toEqual({ C1: 'T', C2: 'T', C3: null })
    expect(lab.column('contact', 'third')).toEqual({ C1: 'S', C2: null, C3: null })
  })

  test(`${mode}: rows below the moved ones belong to the plan and are not changed [MG10]`, () => {
    const lab = openPair()
    lab.rows({ contact: { C: { parentcustomerid: 'S' } }, salesorder: { O: { customerid: 'C' } } })

    expect(lab.planned(lab.merge('S', 'T'))).toEqual({ merge: ['S'], move: ['C'], check: ['O'] })
    lab[mode](lab.merge('S', 'T'))

    expect(lab.read('O', 'customerid')).toEqual({ customerid: 'C' })
  })

  test(`${mode}: a subordinate that sits under the target stays there [MG6, MG8]`, () => {
    const lab = openPair()
    lab.update('S', { parentaccountid: 'T' })
    lab.rows({ account: { S1: { parentaccountid: 'S' } } })

    lab[mode](lab.merge('S', 'T'))

    expect(lab.column('account', 'parentaccountid')).toEqual({ T: null, S: 'T', S1: 'T' })
  })
}

const refusal = (lab: ReturnType<typeof openPair>, ...args: Parameters<typeof lab.merge>) => {
  const { refusal: shown, planId } = lab.plan(lab.merge(...args))
  const thrown = refusalOf(() => lab.engine.as('admin').executeSync(planId))
  expect(shown).toMatchObject(thrown)
  expect(refusalOf(() => lab.engine.as('admin').createJob(lab.plan(lab.merge(...args)).planId))).toEqual(thrown)
  return thrown
}

test('the same row twice is refused [MG4]', () => {
  expect(refusal(openPair(), 'S', 'S')).toEqual({ code: 'CASCADE_REFUSED', platformCode: '0x80045305', details: {} })
})

test('an inactive row is refused, on either side, before any other check of the rows [MG5]', () => {
  const lab = openPair()
  lab.rows({ account: { I: { statecode: 1, statuscode: 2 } } })
  const details = { table: 'account', id: lab.refOf('I').id }

  expect(refusal(lab, 'I', 'T')).toEqual({ code: 'CASCADE_REFUSED', platformCode: '0x80045304', details })
  expect(refusal(lab, 'S', 'I')).toEqual({ code: 'CASCADE_REFUSED', platformCode: '0x80045304', details })
})

test('a row that was merged once cannot be merged again, nor be merged into [MG5, MG2]', () => {
  const lab = openPair()
  lab.rows({ account: { X: {} } })
  lab.sync(lab.merge('S', 'T'))

  expect(refusal(lab, 'S', 'X')).toMatchObject({ platformCode: '0x80045304' })
  expect(refusal(lab, 'X', 'S')).toMatchObject({ platformCode: '0x80045304' })
})

test('a target anywhere below the subordinate is refused, with and without the parenting check [MG6]', () => {
  const lab = openPair()
  lab.rows({ account: { M: { parentaccountid: 'S' } } })
  lab.update('T', { parentaccountid: 'M' })

  for (const parentingCheck of [true, false])
    expect(refusal(lab, 'S', 'T', { parentingCheck })).toEqual({
      code: 'CASCADE_REFUSED',
      platformCode: '0x80045300',
      details: { attribute: 'parentaccountid' },
    })
})

test('a loop in the hierarchy ends the look for the subordinate [MG6, PL3]', () => {
  const lab = openPair()
  lab.rows({ account: { L1: { parentaccountid: 'L2' }, L2: { parentaccountid: 'L1' }, L3: { parentaccountid: 'L1' } } })

  expect(refusal(lab, 'L1', 'L3')).toMatchObject({ platformCode: '0x80045300' })
  expect(lab.plan(lab.merge('L3', 'L1', { parentingCheck: false })).refusal).toBeNull()
})

test('a subordinate with an active quote is refused, one with others is not [MG7]', () => {
  const lab = openPair()
  lab.rows({
    quote: {
      Draft: { customerid: 'S', statecode: 0 },
      Won: { customerid: 'S', statecode: 2 },
      OfTarget: { customerid: 'T', statecode: 1 },
    },
  })
  expect(lab.plan(lab.merge('S', 'T')).refusal).toBeNull()
  lab.rows({ quote: { Active: { customerid: 'S', statecode: 1 } } })

  expect(refusal(lab, 'S', 'T')).toEqual({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80045302',
    details: { quote: { table: 'quote', id: lab.refOf('Active').id, name: 'Active' } },
  })
})

const parents: [target: string | null, subordinate: string | null, code: string | null][] = [
  [null, null, null],
  ['P', null, null],
  ['P', 'P', null],
  [null, 'T', null],
  ['P', 'T', null],
  [null, 'P', '0x80045317'],
  ['P', 'Q', '0x80045316'],
  ['T', 'P', '0x80045316'],
]

for (const [ofTarget, ofSubordinate, code] of parents)
  test(`the target under ${ofTarget ?? 'nobody'} and the subordinate under ${ofSubordinate ?? 'nobody'}: ${code ?? 'no objection'} [MG8]`, () => {
    const lab = openPair()
    lab.rows({ account: { P: {}, Q: {} } })
    lab.rows({ note: {} })
    if (ofTarget === 'T') lab.rows({ account: { T: { parentaccountid: 'T' } } })
    else lab.update('T', { parentaccountid: ofTarget })
    lab.update('S', { parentaccountid: ofSubordinate })

    const checked = lab.plan(lab.merge('S', 'T')).refusal
    const unchecked = lab.plan(lab.merge('S', 'T', { parentingCheck: false })).refusal

    expect(checked && { code: checked.code, platformCode: checked.platformCode, details: checked.details }).toEqual(
      code && { code: 'CASCADE_REFUSED', platformCode: code, details: { attribute: 'parentaccountid' } },
    )
    expect(unchecked).toBeNull()
  })

test('parents of every parental lookup are compared, polymorphic ones too; others are not [MG8]', () => {
  const lab = openLab({
    tables: { account: {}, contact: {}, site: {} },
    relationships: [
      'account > contact.customerid Share=Active',
      'contact > contact.customerid Delete=Cascade',
      'site > contact.siteid Delete=RemoveLink',
    ],
  }).rows({
    account: { A: {} },
    site: { X: {}, Y: {} },
    contact: { P: {}, T: { customerid: 'A', siteid: 'X' }, S: { customerid: 'P', siteid: 'Y' }, S2: { customerid: 'A', siteid: 'Y' } },
  })

  expect(lab.plan(lab.merge('S', 'T')).refusal).toMatchObject({ platformCode: '0x80045316', details: { attribute: 'customerid' } })
  expect(lab.plan(lab.merge('S2', 'T')).refusal).toBeNull()
})

test('a table that cannot be merged is refused, and so are rows of two tables [MG9]', () => {
  const lab = openPair()
  lab.rows({ note: { N1: {}, N2: {} }, contact: { C: {} } })

  expect(refusal(lab, 'N1', 'N2')).toEqual({ code: 'CASCADE_REFUSED', platformCode: '0x80040203', details: { table: 'note' } })
  expect(refusalOf(() => lab.plan(lab.merge('C', 'T')))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { target: lab.refOf('T'), subordinate: lab.refOf('C') },
  })
})

test('a precondition that ceased to hold after planning refuses when it is applied [MG5, MG7, SY2]', () => {
  const changes: [string, (lab: ReturnType<typeof openPair>) => void][] = [
    ['0x80045304', (lab) => lab.update('T', { statecode: 1 })],
    ['0x80045300', (lab) => lab.update('T', { parentaccountid: 'S' })],
    ['0x80045302', (lab) => lab.create('quote', 'Q', { customerid: 'S', statecode: 1 })],
    ['0x80040217', (lab) => lab.sync(lab.delete('T'))],
  ]
  for (const [platformCode, change] of changes) {
    const lab = openPair()
    const { planId } = lab.plan(lab.merge('S', 'T'), 'Sync')
    change(lab)
    const before = lab.everything()

    expect(refusalOf(() => lab.engine.as('admin').executeSync(planId))).toMatchObject({ platformCode })
    expect(lab.everything()).toEqual(before)
  }
})

const wrongContents: [string, Record<string, string | number | null | object>, object][] = [
  ['a column that the table lacks', { shoesize: 44 }, { code: 'INPUT_INVALID', details: { table: 'account', column: 'shoesize' } }],
  [
    'a value that does not fit',
    { revenue: 'much' },
    { code: 'INPUT_INVALID', details: { table: 'account', column: 'revenue', value: 'much', expected: 'a number' } },
  ],
  ['what the platform keeps itself', { merged: 1 }, { code: 'INPUT_INVALID', details: { table: 'account', column: 'merged' } }],
  ['another owner', { ownerid: 'alice' }, { code: 'INPUT_INVALID', details: { table: 'account', column: 'ownerid' } }],
  [
    'a lookup to nothing',
    { parentaccountid: { table: 'account', id: '00000000-0000-0000-0000-00000000dead' } },
    { code: 'RECORD_NOT_FOUND', platformCode: '0x80040217' },
  ],
]

for (const [what, content, error] of wrongContents)
  test(`UpdateContent with ${what} refuses before anything is done, in either mode [MG3, EF5]`, () => {
    const lab = openPair()
    lab.rows({ contact: { C: { parentcustomerid: 'S' } } })
    const before = lab.everything()
    const request = lab.merge('S', 'T', { content: content as Record<string, string> })

    expect(refusalOf(() => lab.sync(request))).toMatchObject(error)
    expect(refusalOf(() => lab.job(request))).toMatchObject(error)
    expect(lab.everything()).toEqual(before)
  })

test('UpdateContent cannot put the target below itself [MG3, RC2]', () => {
  const lab = openPair()
  lab.rows({ account: { T1: { parentaccountid: 'T' } } })
  const request = lab.merge('S', 'T', { content: { parentaccountid: lab.refOf('T1') }, parentingCheck: false })

  expect(refusalOf(() => lab.sync(request))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040507' })
  expect(refusalOf(() => lab.job(request))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040507' })
})

test('UpdateContent with a state brings its status reason along [MG3, RC3]', () => {
  const lab = openPair()

  lab.sync(lab.merge('S', 'T', { content: { statecode: 1 } }))

  expect(lab.read('T', 'statecode', 'statuscode')).toEqual({ statecode: 1, statuscode: 2 })
})

test('a job whose UpdateContent points to a row that is gone by then stops, and has changed nothing [MG3, JB5]', () => {
  const lab = openPair()
  lab.rows({ account: { P: {} }, contact: { C: { parentcustomerid: 'S' } } })
  const job = lab.job(lab.merge('S', 'T', { content: { parentaccountid: lab.refOf('P') } }))
  lab.sync(lab.delete('P'))

  expect(lab.finish(job).job).toMatchObject({ status: 'Paused', errorCode: '0x80040217', processed: 0, batches: 0 })
  expect(lab.column('contact', 'parentcustomerid')).toEqual({ C: 'S' })
  expect(lab.read('S', 'statecode', 'merged')).toEqual({ statecode: 0, merged: false })
})

// The worked example of the reference, section 3.5: account T, account S, contact K of S, order O of K.
const openExample = () =>
  openPair({ batchSize: 2, maxAttempts: 4 }).rows({ contact: { K: { parentcustomerid: 'S' } }, salesorder: { O: { customerid: 'K' } } })

for (const parentingCheck of [true, false]) {
  test(`check ${parentingCheck ? 'on' : 'off'}, nobody interferes: the contact moves, its order stays with it [MG13, MG1]`, () => {
    const lab = openExample()

    const { job } = lab.async(lab.merge('S', 'T', { parentingCheck }))

    expect(job).toMatchObject({ status: 'Completed', total: 3, processed: 3, batches: 2 })
    expect(lab.read('K', 'parentcustomerid')).toEqual({ parentcustomerid: 'T' })
    expect(lab.read('O', 'customerid')).toEqual({ customerid: 'K' })
    expect(lab.read('S', 'masterid')).toEqual({ masterid: 'T' })
  })

  test(`check ${parentingCheck ? 'on' : 'off'}: a moved row that is gone is passed over where nothing hangs on it [MG13]`, () => {
    const lab = openExample()
    lab.rows({ contact: { K2: { parentcustomerid: 'S' } } })
    const job = lab.job(lab.merge('S', 'T', { parentingCheck }))
    lab.sync(lab.delete('K2'))

    const { job: ended, messages } = lab.finish(job)

    expect(ended).toMatchObject({ status: 'Completed', total: 4, processed: 4 })
    expect(messages.some(({ level, text }) => level === 'warning' && inEnglish(text).startsWith('1 planned record was deleted'))).toBe(true)
    expect(lab.column('contact', 'parentcustomerid')).toEqual({ K: 'T' })
  })
}

test('check on, the contact deleted meanwhile: the job stops at the order that lost its parent, batches done stay [MG13, JB5]', () => {
  const lab = openExample()
  lab.rows({ account: { S1: { parentaccountid: 'S' } } })
  const job = lab.job(lab.merge('S', 'T'))
  lab.sync(lab.delete('K'))

  const { job: ended, messages } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Paused', errorCode: '0x80045317', total: 4, processed: 3 })
  expect(messageOfJob(ended)).toContain('might lose its parenting')
  expect(messages.at(-1)).toMatchObject({ level: 'error', code: '0x80045317' })
  expect(lab.read('O', 'customerid')).toEqual({ customerid: null })
  expect(lab.read('S1', 'parentaccountid')).toEqual({ parentaccountid: 'T' })
  expect(lab.read('S', 'statecode', 'merged', 'masterid')).toEqual({ statecode: 0, merged: false, masterid: null })
})

test('check off, the contact deleted meanwhile: the order goes straight to the target [MG13]', () => {
  const lab = openExample()
  const job = lab.job(lab.merge('S', 'T', { parentingCheck: false }), 'bob')
  lab.sync(lab.delete('K'))

  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Completed', total: 3, processed: 3 })
  expect(lab.engine.as('admin').getRecord(lab.refOf('O')).values.customerid).toEqual({ ...lab.refOf('T'), name: 'T' })
  expect(lab.read('O', 'modifiedby')).toEqual({ modifiedby: 'bob' })
  expect(lab.labels('contact')).toEqual([])
  expect(lab.read('S', 'masterid', 'statecode')).toEqual({ masterid: 'T', statecode: 1 })
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('check off, an order whose lookup never takes accounts stays an orphan [MG13]', () => {
  const lab = openLab(
    {
      tables: { account: {}, contact: {}, task: {} },
      relationships: ['account > contact.accountid Merge=Cascade', 'contact > task.contactid Delete=RemoveLink Merge=Cascade'],
    },
    { settings: { batchSize: 1 } },
  ).rows({ account: { T: {}, S: {} }, contact: { K: { accountid: 'S' } }, task: { X: { contactid: 'K' } } })
  const job = lab.job(lab.merge('S', 'T', { parentingCheck: false }))
  lab.sync(lab.delete('K'))

  expect(lab.finish(job).job.status).toBe('Completed')
  expect(lab.read('X', 'contactid')).toEqual({ contactid: null })
})

test('check on, the order moved to another contact meanwhile: it would be differently parented [MG13]', () => {
  const lab = openExample()
  lab.rows({ contact: { K2: {} } })
  const job = lab.job(lab.merge('S', 'T'))
  lab.update('O', { customerid: 'K2' })

  expect(lab.finish(job).job).toMatchObject({ status: 'Paused', errorCode: '0x80045316', processed: 2 })
  expect(lab.read('O', 'customerid')).toEqual({ customerid: 'K2' })
})

test('check off, the order moved to another contact meanwhile: it stays there [MG13]', () => {
  const lab = openExample()
  lab.rows({ contact: { K2: {} } })
  const job = lab.job(lab.merge('S', 'T', { parentingCheck: false }))
  lab.update('O', { customerid: 'K2' })

  expect(lab.finish(job).job.status).toBe('Completed')
  expect(lab.read('O', 'customerid')).toEqual({ customerid: 'K2' })
})

test('check on, the order deleted as well: nothing has lost its parent [MG13]', () => {
  const lab = openExample()
  const job = lab.job(lab.merge('S', 'T'))
  lab.sync(lab.delete('O'))
  lab.sync(lab.delete('K'))

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', processed: 3 })
})

test('a job whose target is gone stops, and the subordinate stays as it is [MG2, JB5]', () => {
  const lab = openExample()
  const job = lab.job(lab.merge('S', 'T'))
  lab.sync(lab.delete('T'))

  expect(lab.finish(job).job).toMatchObject({ status: 'Paused', errorCode: '0x80040217', processed: 0 })
  expect(lab.read('S', 'statecode', 'masterid')).toEqual({ statecode: 0, masterid: null })
})
