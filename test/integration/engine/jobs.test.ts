import { expect, test } from 'vitest'
import type { Job } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import { jobText } from '#text/english/jobs'
import { reason } from '#text/english/reasons'
import type { LabModel, LabRows } from '../../support/engine.ts'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'
import { runJob } from '../../support/run-job.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: [
    'account > account.parentid Assign=Cascade Delete=Cascade Merge=Cascade',
    'account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade',
    'contact > task.contactid Assign=Cascade Delete=Cascade Merge=Cascade',
    'account > task.accountid Delete=RemoveLink',
  ],
}

/** Children before their parents, tables mixed: the order of creation is nobody's order of planning. */
const MIXED: LabRows[] = [
  { task: { T1: { contactid: 'C2' } } },
  { contact: { C2: { accountid: 'A' }, C1: { accountid: 'A' } }, account: { A2: { parentid: 'A' } } },
  { task: { T2: { contactid: 'C1' }, T3: { accountid: 'A2' } }, account: { A: {} } },
  { account: { A1: { parentid: 'A' }, T: {} }, contact: { C3: { accountid: 'A2' } } },
]

/** All rows at once, so that they may point forward, but in the order given. */
function openMixed(settings = {}) {
  const lab = openLab(MODEL, { settings })
  for (const rows of MIXED)
    for (const [table, labels] of Object.entries(rows)) for (const label of Object.keys(labels)) lab.rows({ [table]: { [label]: {} } })
  for (const rows of MIXED)
    for (const labels of Object.values(rows))
      for (const [label, values] of Object.entries(labels)) if (Object.keys(values).length > 0) lab.update(label, values)
  return lab
}

const statusOf = ({ status, statecode, statuscode, total, processed, batches }: Job) => ({
  status,
  statecode,
  statuscode,
  total,
  processed,
  batches,
})

test('a job has the platform’s record [JB1]', () => {
  const lab = openMixed()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Async')
  lab.nowMs += 1_000

  const job = lab.engine.as('nora').createJob(planId)

  const { id } = lab.refOf('A')
  expect(job).toMatchObject({
    name: `Cascade Assign:[account]-[${id}]`,
    operation: 'Assign',
    operationType: 90,
    messageName: 'Assign',
    primaryEntityType: 'account',
    status: 'Waiting',
    statecode: 0,
    statuscode: 0,
    retryCount: 0,
    attempts: 0,
    depth: 1,
    createdOnMs: START_MS + 1_000,
    startedOnMs: null,
    completedOnMs: null,
    modifiedOnMs: START_MS + 1_000,
    postponeUntilMs: null,
    createdBy: { ...lab.refOf('nora'), name: 'nora' },
    owner: { ...lab.refOf('nora'), name: 'nora' },
    owningBusinessUnit: { ...lab.refOf('north'), name: 'north' },
    regarding: { table: 'account', id, name: 'A' },
    total: 0,
    processed: 0,
    batches: 0,
    message: null,
    friendlyMessage: null,
    errorCode: null,
    hint: null,
    failedRun: null,
    request: { operation: 'Assign', record: { table: 'account', id }, to: lab.refOf('bob') },
  })
  expect(new Set([job.id, job.correlationId, job.requestId]).size).toBe(3)
  expect(lab.engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs).toEqual([job])
  expect(lab.engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs).toEqual([job])
  const { messages } = lab.engine.as('admin').getJob(job.id)
  expect(messages).toEqual([
    { atMs: START_MS + 1_000, level: 'information', code: null, text: jobText.sentence({ text: reason.askedForAsync }) },
  ])
  expect(messages.map(({ text }) => inEnglish(text))).toEqual(['Asynchronous because it was asked for.'])
})

test('each operation has its type and its name [JB1]', () => {
  const lab = openMixed()
  const made = [lab.job(lab.merge('A', 'T', { parentingCheck: false })), lab.job(lab.delete('C3'))].map(
    ({ name, operation, operationType }) => [name, operation, operationType],
  )

  expect(made).toEqual([
    [`Cascade Merge:[account]-[${lab.refOf('A').id}]`, 'Merge', 89],
    [`Cascade Delete:[contact]-[${lab.refOf('C3').id}]`, 'Delete', 91],
  ])
})

test('the counters and times of a job say how far it is, batch by batch [JB1, JB3]', () => {
  const lab = openMixed({ batchSize: 3 })
  const job = lab.job(lab.assign('A', 'bob'))
  expect(statusOf(job)).toEqual({ status: 'Waiting', statecode: 0, statuscode: 0, total: 8, processed: 0, batches: 0 })

  const seen: Job[] = []
  for (let batch = 1; batch <= 3; batch++) {
    lab.nowMs += 1_000
    seen.push(lab.batch(job))
  }

  expect(seen.map(statusOf)).toEqual([
    { status: 'In Progress', statecode: 2, statuscode: 20, total: 8, processed: 3, batches: 1 },
    { status: 'In Progress', statecode: 2, statuscode: 20, total: 8, processed: 6, batches: 2 },
    { status: 'Completed', statecode: 3, statuscode: 30, total: 8, processed: 8, batches: 3 },
  ])
  expect(
    seen.map(({ startedOnMs, completedOnMs, modifiedOnMs }) =>
      [startedOnMs, completedOnMs, modifiedOnMs].map((at) => at && (at - START_MS) / 1_000),
    ),
  ).toEqual([
    [1, null, 1],
    [1, null, 2],
    [1, 3, 3],
  ])
})

test('a job that has ended stays as it is, whatever is asked of it [JB2]', () => {
  const lab = openMixed()
  const { job } = lab.async(lab.assign('A', 'bob'))
  const refused = (to: string) => ({ code: 'JOB_MOVE_REFUSED', details: { job: job.name, from: 'Completed', to, allowed: [] } })

  expect(refusalOf(() => lab.engine.as('admin').resumeJob(job.id))).toMatchObject(refused('Waiting'))
  expect(refusalOf(() => lab.engine.as('admin').reexecuteJob(job.id))).toMatchObject(refused('Waiting'))
  expect(refusalOf(() => lab.engine.as('admin').cancelJob(job.id))).toMatchObject({ ...refused('Cancelled'), platformCode: '0x80044F00' })
  expect(runJob(lab.engine, job.id, 0)).toEqual(job)
  expect(lab.engine.as('admin').getJob(job.id).job).toEqual(job)
})

test('a paused job runs only after somebody resumed it [JB2]', () => {
  const lab = openMixed()
  const job = lab.job(lab.delete('A'))
  lab.sync(lab.delete('A2'))
  const { job: paused } = lab.finish(job)

  expect(runJob(lab.engine, job.id, 0)).toEqual(paused)
  expect(lab.engine.nextJob()).toBeUndefined()
  lab.engine.as('admin').reexecuteJob(job.id)
  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', processed: 4, total: 4 })
})

test('a job that is not there is named [JB2]', () => {
  const id = '00000000-0000-0000-0000-00000000dead'
  const lab = openMixed()

  for (const use of [() => lab.engine.as('admin').getJob(id), () => runJob(lab.engine, id, 0)])
    expect(refusalOf(use)).toEqual({ code: 'RECORD_NOT_FOUND', platformCode: '0x80040217', details: { id } })
})

test('records and position are committed together: another connection never sees one without the other [JB3]', () => {
  const lab = openMixed({ batchSize: 2 })
  const other = lab.another()
  const job = lab.job(lab.assign('A', 'bob'))

  for (let done = 2; done <= 8; done += 2) {
    lab.batch(job)
    const bobs = ['account', 'contact', 'task'].reduce(
      (sum, table) =>
        sum +
        other
          .as('admin')
          .findRecords({ table, filters: [{ column: 'ownerid', operator: 'equals', value: lab.refOf('bob') }], offset: 0, limit: 1 }).total,
      0,
    )
    expect([other.as('admin').getJob(job.id).job.processed, bobs]).toEqual([done, done])
  }
})

test('jobs run one after another, oldest first [JB4]', () => {
  const lab = openMixed({ batchSize: 2 })
  const first = lab.job(lab.assign('A', 'bob'))
  const second = lab.job(lab.assign('T', 'carol'))
  const order: string[] = []

  for (let job = lab.engine.nextJob(); job; job = lab.engine.nextJob()) {
    order.push(job.id)
    lab.batch(job)
  }

  expect(order).toEqual([first.id, first.id, first.id, first.id, second.id])
  expect(
    lab.engine
      .as('admin')
      .findJobs({ kind: 'cascade', limit: 1_000 })
      .jobs.map(({ id, status }) => [id, status]),
  ).toEqual([
    [second.id, 'Completed'],
    [first.id, 'Completed'],
  ])
})

/** Labels in the order in which a job reaches their rows, with batches of one. */
function observe(lab: ReturnType<typeof openMixed>, job: Job, isDone: () => string[]): string[] {
  const order: string[] = []
  for (let { status } = job; status !== 'Completed'; ) {
    status = lab.batch(job).status
    order.push(...isDone().filter((label) => !order.includes(label)))
  }
  return order
}

test('Assign goes from the root level by level, within a level in the order of creation [PL10]', () => {
  const lab = openMixed({ batchSize: 1 })
  const owners = () =>
    ['account', 'contact', 'task'].flatMap((table) =>
      Object.entries(lab.column(table, 'ownerid')).flatMap(([label, owner]) => (owner === 'bob' ? [label] : [])),
    )

  expect(observe(lab, lab.job(lab.assign('A', 'bob')), owners)).toEqual(['A', 'C2', 'C1', 'A2', 'A1', 'T1', 'T2', 'C3'])
})

test('Delete goes from the deepest level up with the root last, within a level in the order of creation [PL10]', () => {
  const lab = openMixed({ batchSize: 1 })
  const all = ['A', 'C2', 'C1', 'A2', 'A1', 'T1', 'T2', 'C3', 'T3']
  const gone = () => {
    const left = new Set(['account', 'contact', 'task'].flatMap((table) => lab.labels(table)))
    return all.filter((label) => !left.has(label) || (label === 'T3' && lab.read('T3', 'accountid').accountid === null))
  }

  expect(observe(lab, lab.job(lab.delete('A')), gone)).toEqual(['T1', 'T2', 'T3', 'C3', 'C2', 'C1', 'A2', 'A1', 'A'])
})

test('Merge goes from the root level by level, within a level in the order of creation [PL10]', () => {
  const lab = openMixed({ batchSize: 1 })
  const moved = () =>
    [...Object.entries(lab.column('account', 'parentid')), ...Object.entries(lab.column('contact', 'accountid'))].flatMap(
      ([label, parent]) => (parent === 'T' ? [label] : []),
    )

  expect(observe(lab, lab.job(lab.merge('A', 'T', { parentingCheck: false })), moved)).toEqual(['C2', 'C1', 'A2', 'A1'])
})

test('a level of very many groups is sorted as well [PL10]', () => {
  const lab = openLab(
    { tables: { account: {} }, relationships: ['account > account.left Assign=Cascade', 'account > account.right Assign=Cascade'] },
    { settings: { batchSize: 100_000 } },
  )
  // A binary tree, written from its leaves to its root: each node is a group of its own.
  const nodes = 2_047
  const labels = Array.from({ length: nodes }, (_, index) => nodes - index)
  lab.rows({
    account: Object.fromEntries(
      labels.map((node) => [`N${node}`, node === 1 ? {} : { [node % 2 === 0 ? 'left' : 'right']: `N${Math.floor(node / 2)}` }]),
    ),
  })

  const { job } = lab.async(lab.assign('N1', 'bob'))

  expect(statusOf(job)).toMatchObject({ status: 'Completed', total: nodes, processed: nodes })
  expect(new Set(Object.values(lab.column('account', 'ownerid')))).toEqual(new Set(['bob']))
})

test('a record that fails undoes no other, and the job stops with the platform’s code [JB5]', () => {
  const lab = openMixed({ batchSize: 500 })
  const job = lab.job(lab.delete('A'))
  lab.sync(lab.delete('A2'))

  const { job: stopped, messages } = lab.finish(job)

  expect(stopped).toMatchObject({
    status: 'Paused',
    statecode: 1,
    statuscode: 10,
    total: 9,
    processed: 3,
    batches: 1,
    errorCode: '0x80040217',
    attempts: 1,
  })
  expect(messageOfJob(stopped)).toContain('Does Not Exist')
  expect(messages.at(-1)).toMatchObject({ level: 'error', code: '0x80040217' })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['A', 'A1', 'T'], ['C2', 'C1'], ['T3']])
})

for (const after of [0, 1, 2, 3])
  test(`a job that was closed after ${after} batches goes on from its position [JB6]`, () => {
    const lab = openMixed({ batchSize: 2 })
    const job = lab.job(lab.delete('A'))
    for (let batch = 0; batch < after; batch++) lab.batch(job)

    const recovered = lab.reopen().recoverJobs()

    expect(recovered.map(statusOf)).toEqual(
      after === 0 ? [] : [{ status: 'Waiting', statecode: 0, statuscode: 0, total: 9, processed: 2 * after, batches: after }],
    )
    expect(lab.engine.nextJob()?.id).toBe(job.id)
    expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 9, processed: 9, batches: 5 })
    expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['T'], [], ['T3']])
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

test('what was assigned before the close and changed since is not assigned again [JB6]', () => {
  const lab = openMixed({ batchSize: 4 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.reopen().recoverJobs()
  lab.sync(lab.assign('C2', 'carol'))

  lab.finish(job)

  expect(lab.column('contact', 'ownerid')).toEqual({ C2: 'carol', C1: 'bob', C3: 'bob' })
})

test('a job without items is planned from the data as it is when it begins [JB6]', () => {
  const lab = openMixed()
  const { planId } = lab.plan(lab.delete('A'), 'Async')
  const { id } = lab.engine.as('admin').createJob(planId)
  lab.reopen().recoverJobs()
  lab.create('contact', 'C9', { accountid: 'A1' })
  lab.sync(lab.delete('T2'))

  expect(lab.finish({ id }).job).toMatchObject({ status: 'Completed', total: 9, processed: 9 })
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('task')]).toEqual([['T'], [], ['T3']])
})

for (const writes of [1, 2, 3])
  test(`a job whose preparation was cut off at write ${writes} is planned again, each record once [JB6]`, () => {
    let left = Number.POSITIVE_INFINITY
    const turns = {
      enter: () => {
        if (left-- <= 0) throw new Error('cut off')
      },
      leave: () => undefined,
    }
    const lab = openLab(MODEL, { turns }).rows({
      account: { A: {} },
      contact: { C1: { accountid: 'A' }, C2: { accountid: 'A' } },
      task: { X: { contactid: 'C1' } },
    })
    const { planId } = lab.plan(lab.assign('A', 'bob'), 'Async')
    const { id } = lab.engine.as('admin').createJob(planId)
    left = writes
    expect(() => lab.engine.prepareJob(id, planId)).toThrow('cut off')
    left = Number.POSITIVE_INFINITY

    lab.reopen().recoverJobs()

    expect(lab.engine.as('admin').getJob(id).job).toMatchObject({ status: 'Waiting', processed: 0 })
    expect(lab.finish({ id }).job).toMatchObject({ status: 'Completed', total: 4, processed: 4 })
    expect(lab.column('contact', 'ownerid')).toEqual({ C1: 'bob', C2: 'bob' })
    expect(lab.engine.checkIntegrity()).toEqual([])
  })

test('a job that another thread has taken up and left waiting keeps the items of that thread [JB6, JB3]', () => {
  const lab = openLab(MODEL, { settings: { batchSize: 1 } }).rows({ account: { A: {} }, contact: { C1: { accountid: 'A' } } })
  const other = lab.another()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Async')
  const { id } = lab.engine.as('admin').createJob(planId)
  other.as('admin').createRecord('contact', { name: 'C2', accountid: lab.refOf('A') })
  other.runJob(id, 0)
  other.recoverJobs()

  lab.engine.prepareJob(id, planId)

  expect(lab.engine.as('admin').getJob(id).job).toMatchObject({ status: 'Waiting', total: 3, processed: 1 })
  expect(lab.finish({ id }).job).toMatchObject({ status: 'Completed', total: 3, processed: 3 })
  expect([lab.column('account', 'ownerid'), lab.column('contact', 'ownerid')]).toEqual([{ A: 'bob' }, { C1: 'bob', C2: 'bob' }])
})

test('a job that another thread takes up while its items are written is done once, as that thread planned it [JB6, JB3]', () => {
  let take: (() => void) | undefined
  const turns = {
    enter: () => {
      const now = take
      take = undefined
      now?.()
    },
    leave: () => undefined,
  }
  const lab = openLab(MODEL, { turns, settings: { batchSize: 1 } }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C1: { accountid: 'A' }, C2: { accountid: 'A' } },
    task: { X: { contactid: 'C1' } },
  })
  const other = lab.another()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Async')
  const { id } = lab.engine.as('admin').createJob(planId)
  let entered = 0
  const afterFirstWrite = () => {
    if (++entered < 2) take = afterFirstWrite
    else {
      other.as('alice').createRecord('contact', { name: 'C3', accountid: lab.refOf('A') })
      runJob(other, id, 0)
    }
  }
  take = afterFirstWrite

  lab.engine.prepareJob(id, planId)

  expect(lab.engine.as('admin').getJob(id).job).toMatchObject({ status: 'In Progress', total: 5, processed: 1 })
  expect(lab.engine.checkIntegrity()).toEqual([])
  expect(lab.finish({ id }).job).toMatchObject({ status: 'Completed', total: 5, processed: 5, batches: 5 })
  expect([lab.column('account', 'ownerid'), lab.column('contact', 'ownerid'), lab.column('task', 'ownerid')]).toEqual([
    { A: 'bob' },
    { C1: 'bob', C2: 'bob', C3: 'bob' },
    { X: 'bob' },
  ])
})

test('a job that can no longer be planned fails, and the next one runs [JB5, JB4]', () => {
  const lab = openMixed()
  const { planId } = lab.plan(lab.assign('A', 'bob'), 'Async')
  const { id } = lab.engine.as('admin').createJob(planId)
  const next = lab.job(lab.assign('T', 'carol'))
  lab.update('bob', { isdisabled: true })

  expect(lab.finish({ id }).job).toMatchObject({
    status: 'Failed',
    statecode: 3,
    statuscode: 31,
    errorCode: '0x80040225',
    total: 0,
    processed: 0,
  })
  expect(lab.engine.nextJob()?.id).toBe(next.id)
})

for (const operation of ['assign', 'delete', 'merge'] as const)
  for (const batchSize of [1, 2, 500])
    test(`${operation} leaves the same records behind in either mode, batches of ${batchSize} [JB7]`, () => {
      const leftBehind = (mode: 'sync' | 'async') => {
        const lab = openMixed({ batchSize })
        const request = {
          assign: () => lab.assign('A', 'nora'),
          delete: () => lab.delete('A'),
          merge: () => lab.merge('A', 'T', { parentingCheck: false }),
        }[operation]()
        lab.nowMs += 60_000
        lab[mode](request, 'carol')
        const { rows } = lab.everything() as { rows: unknown }
        return rows
      }

      expect(leftBehind('async')).toEqual(leftBehind('sync'))
    })

test('between two batches other users read and write, and their writes come before the next batch [JB8]', () => {
  const lab = openMixed({ batchSize: 1 })
  const other = lab.another()
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)

  other.as('alice').updateRecord(lab.refOf('T3'), { name: 'T3', contactid: lab.refOf('C1') })
  other.as('alice').createRecord('contact', { name: 'C9', accountid: lab.refOf('A') })
  lab.nowMs += 1_000
  other.as('alice').updateRecord(lab.refOf('C3'), { accountid: lab.refOf('A1') })

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 8, processed: 8 })
  expect(lab.column('contact', 'ownerid')).toEqual({ C2: 'bob', C1: 'bob', C3: 'bob', C9: 'alice' })
  expect(lab.read('C3', 'accountid')).toEqual({ accountid: 'A1' })
  expect(lab.read('T3', 'ownerid')).toEqual({ ownerid: 'admin' })
})

test('an assign in the midst of another’s job holds until the job comes by [JB8, AS5]', () => {
  const lab = openMixed({ batchSize: 1 })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.sync(lab.assign('C1', 'carol'))

  expect(lab.column('contact', 'ownerid')).toEqual({ C2: 'admin', C1: 'carol', C3: 'admin' })
  lab.finish(job)
  expect(lab.column('contact', 'ownerid')).toEqual({ C2: 'bob', C1: 'bob', C3: 'bob' })
})
