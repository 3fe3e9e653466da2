import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade', 'contact > task.contactid Assign=UserOwned'],
}

const openTree = (settings = {}) =>
  openLab(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C1: { accountid: 'A', ownerid: 'carol' }, C2: { accountid: 'A', ownerid: 'nora' }, C3: { ownerid: 'carol' } },
    task: { T: { contactid: 'C1', ownerid: 'carol' } },
  })

for (const mode of ['sync', 'async'] as const) {
  test(`${mode}: the root and every planned row get the owner, its unit, and the time and user of the change [AS1]`, () => {
    const lab = openTree()
    const columns = ['ownerid', 'owningbusinessunit', 'modifiedon', 'modifiedby', 'createdon', 'createdby'] as const
    const untouched = lab.read('C3', ...columns)
    lab.nowMs += 60_000

    lab[mode](lab.assign('A', 'nora'), 'bob')

    const changed = {
      ownerid: 'nora',
      owningbusinessunit: 'north',
      modifiedon: new Date(START_MS + 60_000).toISOString(),
      modifiedby: 'bob',
      createdon: new Date(START_MS).toISOString(),
      createdby: 'admin',
    }
    for (const label of ['A', 'C1', 'C2', 'T']) expect(lab.read(label, ...columns), label).toEqual(changed)
    expect(lab.read('C3', ...columns)).toEqual(untouched)
  })

  test(`${mode}: a team becomes owner as a user does [AS1]`, () => {
    const lab = openTree()

    lab[mode](lab.assign('A', 'patrol'))

    expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'patrol', C2: 'patrol', C3: 'carol' })
    expect(lab.column('contact', 'owningbusinessunit')).toEqual({ C1: 'north', C2: 'north', C3: 'root' })
  })

  test(`${mode}: across business units with the move switched off, each row keeps its unit [AS4]`, () => {
    const lab = openTree({ matrixOwnership: true, alwaysMoveRecordToOwnerBusinessUnit: false })

    lab[mode](lab.assign('A', 'nora'))

    expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'nora', C2: 'nora', C3: 'carol' })
    expect(lab.column('contact', 'owningbusinessunit')).toEqual({ C1: 'root', C2: 'north', C3: 'root' })
  })

  for (const settings of [
    { matrixOwnership: true, alwaysMoveRecordToOwnerBusinessUnit: true },
    { matrixOwnership: false, alwaysMoveRecordToOwnerBusinessUnit: false },
  ])
    test(`${mode}: with matrix ${settings.matrixOwnership} and move ${settings.alwaysMoveRecordToOwnerBusinessUnit} the owner’s unit comes along [AS4, AS1]`, () => {
      const lab = openTree(settings)

      lab[mode](lab.assign('A', 'nora'))

      expect(lab.column('contact', 'owningbusinessunit')).toEqual({ C1: 'north', C2: 'north', C3: 'root' })
    })
}

test('a preview shows the unit that the row will have [AS4, AS1]', () => {
  const unitsShown = (settings: object) => {
    const lab = openTree(settings)
    const { planId } = lab.plan(lab.assign('A', 'nora'))
    const { rows } = lab.engine.as('admin').findPlanRows({ planId, table: 'account', offset: 0, limit: 1 })
    return rows.flatMap(({ changes }) =>
      changes.filter(({ column }) => column === 'owningbusinessunit').map(({ after }) => (after as { name: string }).name),
    )
  }

  expect(unitsShown({})).toEqual(['north'])
  expect(unitsShown({ matrixOwnership: true, alwaysMoveRecordToOwnerBusinessUnit: false })).toEqual([])
})

test('an assign to the present owner changes nothing and cascades nothing [AS2]', () => {
  const lab = openTree()
  lab.nowMs += 60_000
  const before = lab.everything()

  const preview = lab.plan(lab.assign('A', 'alice'))
  const outcome = lab.engine.as('admin').executeSync(preview.planId)

  expect(preview).toMatchObject({ nothingToDo: true, affected: 0, byTable: {}, groups: [], mode: 'Sync' })
  expect(outcome).toEqual({ outcome: 'Completed', mode: 'Sync', affected: 0, jobId: null, record: null })
  expect(lab.everything()).toEqual(before)
})

test('a disabled user cannot be assigned to [AS3]', () => {
  const lab = openTree()

  for (const to of ['dora', lab.refOf('dora')])
    expect(refusalOf(() => lab.plan({ operation: 'Assign', record: lab.refOf('A'), to }))).toEqual({
      code: 'CASCADE_REFUSED',
      platformCode: '0x80040225',
      details: { to },
    })
})

test('somebody who does not exist cannot be assigned to [AS3]', () => {
  const lab = openTree()

  for (const to of [
    'nobody',
    '',
    lab.refOf('A'),
    { table: 'systemuser', id: '00000000-0000-0000-0000-00000000dead' },
    { table: 'systemuser', id: lab.refOf('crew').id },
  ])
    expect(refusalOf(() => lab.plan({ operation: 'Assign', record: lab.refOf('A'), to }))).toEqual({
      code: 'INPUT_INVALID',
      platformCode: '0x80040210',
      details: { to },
    })
})

test('an owner is found by name whatever its case, and by id [AS1]', () => {
  const lab = openTree()

  lab.sync(lab.assign('C1', 'BOB'))
  lab.sync({ operation: 'Assign', record: lab.refOf('C3'), to: lab.refOf('crew') })

  expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'nora', C3: 'crew' })
})

test('a job overwrites whatever owner it finds by then [AS5]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.sync(lab.assign('C1', 'alice'))
  lab.sync(lab.assign('T', 'alice'))

  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Completed', total: 4, processed: 4, batches: 4 })
  expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'bob', C3: 'carol' })
})

test('a job passes over rows that are gone, and says how many [AS5]', () => {
  const lab = openTree({ batchSize: 4 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.sync(lab.delete('C1'))

  const { job: ended, messages } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Completed', total: 4, processed: 4, errorCode: null })
  expect(messages.filter(({ level }) => level === 'warning').map(({ text }) => inEnglish(text))).toEqual([
    '1 planned record was deleted or changed meanwhile and skipped.',
  ])
  expect(lab.column('contact', 'ownerid')).toEqual({ C2: 'bob', C3: 'carol' })
  expect(lab.column('task', 'ownerid')).toEqual({ T: 'bob' })
})

test('a job goes on where even its root is gone [AS5]', () => {
  const lab = openTree({ batchSize: 1 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.sync(lab.delete('A'))

  expect(lab.finish(job).job).toMatchObject({
    status: 'Completed',
    processed: 4,
    regarding: { table: 'account', id: job.regarding.id, name: 'A' },
  })
  expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'bob', C3: 'carol' })
})

test('a job whose assignee was disabled meanwhile stops with the platform’s code, and keeps what it did [AS3, JB5]', () => {
  const lab = openTree({ batchSize: 2 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.update('bob', { isdisabled: true })

  expect(lab.finish(job).job).toMatchObject({
    status: 'Paused',
    statecode: 1,
    statuscode: 10,
    processed: 2,
    batches: 1,
    errorCode: '0x80040225',
  })
  expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'nora', C3: 'carol' })
})

test('a job remembers its assignee by id, since names change [AS5]', () => {
  const lab = openTree()
  const job = lab.job(lab.assign('A', 'bob'))
  lab.update('bob', { fullname: 'robert' })

  lab.finish(job)

  expect(lab.column('account', 'ownerid')).toEqual({ A: 'robert' })
})
