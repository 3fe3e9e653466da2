import { expect, test } from 'vitest'
import { openLab, refusalOf } from '../../support/engine.ts'

const openTree = () =>
  openLab(
    { tables: { account: {}, contact: {} }, relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade'] },
    { settings: { batchSize: 2 } },
  ).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A' }, C1: { accountid: 'A' }, C2: { accountid: 'A' }, C3: { accountid: 'A' }, Z: { accountid: 'B' } },
  })

for (const [operation, platformCode] of [
  ['assign', '0x80048555'],
  ['delete', '0x80048549'],
] as const)
  test(`a record of a batch of an asynchronous ${operation} is refused while the batch is under way, naming the job [HO1]`, () => {
    const lab = openTree()
    const job = lab.job(operation === 'assign' ? lab.assign('A', 'bob') : lab.delete('A'))
    lab.engine.holdBatch(job.id)
    // The first batch: A and C0 of an assign, C0 and C1 of a delete.
    const error = { code: 'RECORD_HELD', platformCode, details: { table: 'contact', id: lab.refOf('C0').id, job: job.name, jobId: job.id } }

    expect(refusalOf(() => lab.update('C0', { name: 'C0' }))).toEqual(error)
    expect(refusalOf(() => lab.sync(lab.assign('C0', 'carol')))).toEqual(error)
    expect(refusalOf(() => lab.sync(lab.delete('C0')))).toEqual(error)

    lab.engine.runHeld(job.id)
    if (operation === 'assign') lab.update('C0', { name: 'C0' })
    else expect(lab.labels('contact')).toEqual(['C2', 'C3', 'Z'])
  })

test('the rows of the batch are held, not the whole run that they were planned in [HO1, HO4]', () => {
  const lab = openTree()
  const job = lab.job(lab.delete('A'))
  lab.batch(job)
  lab.engine.holdBatch(job.id)

  for (const label of ['C2', 'C3'])
    expect(
      refusalOf(() => lab.update(label, { name: label })),
      label,
    ).toMatchObject({ code: 'RECORD_HELD' })
  lab.update('A', { name: 'A' })
  lab.update('Z', { name: 'Z' })
})

for (const [operation, platformCode] of [
  ['assign', '0x80048555'],
  ['delete', '0x80048549'],
] as const)
  test(`the root of an asynchronous ${operation} refuses a second one until its job has ended, paused time included [HO2]`, () => {
    const lab = openTree()
    const request = () => (operation === 'assign' ? lab.assign('A', 'bob') : lab.delete('A'))
    const job = lab.job(request(), 'nora')
    const error = {
      code: 'CASCADE_REFUSED',
      platformCode,
      details: { table: 'account', id: lab.refOf('A').id, job: job.name, jobId: job.id },
    }

    const refusedBothWays = () => {
      expect(refusalOf(() => lab.sync(request()))).toEqual(error)
      expect(refusalOf(() => lab.job(request()))).toEqual(error)
    }
    refusedBothWays()
    lab.update('nora', { isdisabled: true })
    expect(lab.finish(job).job.status).toBe('Paused')
    refusedBothWays()
    lab.engine.as('admin').cancelJob(job.id)
    expect(lab.sync(request())).toBe(5)
  })

test('a synchronous cascade holds its whole set until it is applied [HO3]', () => {
  const lab = openTree()
  const { planId } = lab.plan(lab.delete('A'), 'Sync')
  lab.engine.as('admin').holdPlan(planId)

  for (const label of ['A', 'C0', 'C3'])
    expect(
      refusalOf(() => lab.update(label, { name: label })),
      label,
    ).toEqual({ code: 'RECORD_HELD', platformCode: '0x80044151', details: lab.refOf(label) })
  lab.update('Z', { name: 'Z' })

  expect(lab.engine.as('admin').executeSync(planId).affected).toBe(5)
  lab.update('B', { name: 'B' })
})

test('records that no batch holds are free, those that the job comes to later as well [HO4]', () => {
  const lab = openTree()
  const job = lab.job(lab.assign('A', 'bob'))
  lab.engine.holdBatch(job.id)

  lab.update('C3', { accountid: 'B' })
  lab.create('contact', 'new', { accountid: 'A' })
  expect(lab.sync(lab.assign('B', 'carol'))).toBe(3)
  lab.engine.runHeld(job.id)

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', processed: 5 })
  expect(lab.column('contact', 'ownerid')).toEqual({ C0: 'bob', C1: 'bob', C2: 'bob', C3: 'bob', Z: 'carol', new: 'admin' })
})
