import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { WorkbenchEvent } from '../../../main/workbench/index.ts'
import { openWorkbench } from '../../../main/workbench/index.ts'
import type { LabModel } from '../../support/engine.ts'
import { countedIds, openLab, START_MS } from '../../support/engine.ts'
import { openThreads, refusalOfAsync, spawnBatchWorker } from '../../support/workbench.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, salesorder: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade', 'contact > salesorder.contactid Delete=Restrict'],
}

/** An account with this many contacts. */
const openTree = (contacts: number, settings = {}) =>
  openLab(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: Object.fromEntries(Array.from({ length: contacts }, (_, index) => [`C${index}`, { accountid: 'A', ownerid: 'alice' }])),
  })

const SLOW = { batchDelayMs: 1, failBatch: null }
const FAST = { batchDelayMs: 0, failBatch: null }

const jobEvents = (events: WorkbenchEvent[]) => events.flatMap((event) => (event.kind === 'job' ? [event.job] : []))
const ownersOf = (lab: ReturnType<typeof openTree>) => new Set(Object.values(lab.column('contact', 'ownerid')))

test('a synchronous cascade is done when its answer comes, and is announced after [SY1]', async () => {
  const lab = openTree(3)
  const { workbench, events } = await openThreads(lab)

  const outcome = await workbench.as('admin').execute(lab.assign('A', 'bob'))

  expect(outcome).toEqual({ outcome: 'Completed', mode: 'Sync', affected: 4, jobId: null, record: null })
  expect(ownersOf(lab)).toEqual(new Set(['bob']))
  expect(events).toEqual([{ kind: 'records', tables: ['account', 'contact'] }])
})

test('a previewed plan is looked at and executed in the thread that keeps it [SY2]', async () => {
  const lab = openTree(3)
  const { workbench } = await openThreads(lab)
  const preview = await workbench.as('admin').preview(lab.delete('A'))

  const page = await workbench.as('admin').findPlanRows({ planId: preview.planId, table: 'contact', offset: 1, limit: 2 })
  const outcome = await workbench.as('admin').execute(lab.delete('A'), { planId: preview.planId })

  expect(page.rows.map(({ record }) => record.name)).toEqual(['C1', 'C2'])
  expect(outcome).toMatchObject({ outcome: 'Completed', affected: 4 })
  expect(await workbench.as('admin').countRecords('contact')).toBe(0)
})

test('a plan is outdated by a write of the main thread too [SY2]', async () => {
  const lab = openTree(3)
  const { workbench } = await openThreads(lab)
  const { planId } = await workbench.as('admin').preview(lab.delete('A'))
  await workbench.as('bob').createRecord('contact', { name: 'new', accountid: lab.refOf('A') })

  expect(await refusalOfAsync(workbench.as('admin').execute(lab.delete('A'), { planId }))).toEqual({
    code: 'PLAN_OUTDATED',
    platformCode: null,
    details: {},
  })
  expect(await workbench.as('admin').countRecords('contact')).toBe(4)
})

test('an asynchronous cascade answers with its job, which runs by itself and is announced as it goes [JB1, JB3]', async () => {
  const lab = openTree(50, { batchSize: 7 })
  const { workbench, events } = await openThreads(lab)

  const outcome = await workbench.as('nora').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  const job = await workbench.jobEnded(outcome.jobId ?? '')

  expect(outcome).toEqual({ outcome: 'Running', mode: 'Async', affected: 51, jobId: job.id, record: null })
  expect(job).toMatchObject({ status: 'Completed', total: 51, processed: 51, batches: 8, createdBy: { name: 'nora' } })
  const announced = jobEvents(events).map(({ processed }) => processed)
  expect(announced).toEqual(announced.toSorted((a, b) => a - b))
  expect([announced.at(0), announced.at(-1)]).toEqual([0, 51])
  expect(ownersOf(lab)).toEqual(new Set(['bob']))
  expect(await workbench.jobEnded(job.id)).toEqual(job)
})

test('users write while a job is under way, and their writes come before its next batch [JB8]', async () => {
  const lab = openTree(10, { batchSize: 4 })
  const { workbench, time } = await openThreads(lab)
  workbench.setFaults(SLOW)
  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  await time.someoneWaits()

  await workbench.as('carol').createRecord('contact', { name: 'new', accountid: lab.refOf('A'), ownerid: 'carol' })
  await workbench.as('carol').updateRecord(lab.refOf('C9'), { accountid: lab.refOf('B') })
  const moved = await workbench.as('carol').execute(lab.assign('B', 'nora'), { mode: 'Sync' })
  const between = lab.engine.as('admin').getJob(jobId ?? '').job
  workbench.setFaults(FAST)
  time.pass()
  const job = await workbench.jobEnded(jobId ?? '')

  expect(between).toMatchObject({ status: 'In Progress', processed: 0 })
  expect(moved.affected).toBe(2)
  expect(job).toMatchObject({ status: 'Completed', total: 11, processed: 11, batches: 3 })
  expect(lab.column('contact', 'ownerid')).toMatchObject({ C0: 'bob', C9: 'bob', new: 'carol' })
})

test('who touches a record of the batch under way waits until it is done, and then goes on [HO1]', async () => {
  const lab = openTree(10, { batchSize: 4 })
  const { workbench, time } = await openThreads(lab)
  workbench.setFaults(SLOW)
  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  await time.someoneWaits()
  workbench.setFaults(FAST)

  let isDone = false
  const update = workbench
    .as('carol')
    .updateRecord(lab.refOf('C0'), { name: 'C0', accountid: null })
    .finally(() => {
      isDone = true
    })
  while (!isDone) {
    await Promise.race([update, time.someoneWaits()])
    time.pass()
  }

  expect(lab.engine.as('admin').getJob(jobId ?? '').job.processed).toBeGreaterThanOrEqual(4)
  expect(lab.read('C0', 'ownerid', 'accountid')).toEqual({ ownerid: 'bob', accountid: null })
  expect(await workbench.jobEnded(jobId ?? '')).toMatchObject({ status: 'Completed', processed: 11 })
})

test('a thread that dies between two batches is replaced, and the job goes on: nothing repeated, nothing skipped [JB6]', async () => {
  const lab = openTree(10, { batchSize: 4 })
  const { workbench, workers, time } = await openThreads(lab)
  workbench.setFaults(SLOW)
  const { jobId } = await workbench.as('admin').execute(lab.delete('A'), { mode: 'Async' })
  await time.someoneWaits()

  await workers[1]?.terminate()
  workbench.setFaults(FAST)
  time.pass()
  const job = await workbench.jobEnded(jobId ?? '')

  expect(job).toMatchObject({ status: 'Completed', total: 11, processed: 11, batches: 3 })
  expect([lab.labels('account'), lab.labels('contact')]).toEqual([['B'], []])
  expect(workers.length).toBe(3)
  expect(await workbench.checkIntegrity()).toEqual([])
})

test('a thread that dies in the midst of batches is replaced as well [JB6]', async () => {
  const lab = openTree(400, { batchSize: 1 })
  const { workbench, workers, events } = await openThreads(lab)
  const killed = new Promise<void>((resolve) => {
    workbench.subscribe((event) => {
      if (event.kind === 'job' && event.job.processed === 0) void workers[1]?.terminate().then(() => resolve())
    })
  })
  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  await killed

  const job = await workbench.jobEnded(jobId ?? '')

  expect(job).toMatchObject({ status: 'Completed', total: 401, processed: 401, batches: 401 })
  expect(ownersOf(lab)).toEqual(new Set(['bob']))
  expect(jobEvents(events).at(-1)).toMatchObject({ status: 'Completed' })
})

test('a thread that ends by an error of its own is replaced as well [JB6]', async () => {
  const lab = openTree(10)
  const entry = JSON.stringify(new URL('../../../main/batch/batch.worker.ts', import.meta.url).href)
  const breaks = `
    const { parentPort } = require('node:worker_threads')
    parentPort.on('message', (message) => { if (message?.argumentList?.[0]?.value === 'runJob') throw new Error('out of order') })
    import(${entry})`
  const { workbench, workers } = await openThreads(lab, (number) =>
    number === 1 ? new Worker(breaks, { eval: true }) : spawnBatchWorker(),
  )

  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  const job = await workbench.jobEnded(jobId ?? '')

  expect(job).toMatchObject({ status: 'Completed', total: 11, processed: 11 })
  expect(workers.length).toBe(3)
})

test('a call in a thread that dies ends as WORKER_LOST, and the next one is answered [JB6]', async () => {
  const lab = openTree(3)
  const dies = "const { parentPort } = require('node:worker_threads'); parentPort.once('message', () => process.exit(3))"
  const { workbench } = await openThreads(lab, (number) => (number === 2 ? new Worker(dies, { eval: true }) : spawnBatchWorker()))

  expect(await refusalOfAsync(workbench.as('admin').countRecords('contact'))).toEqual({
    code: 'WORKER_LOST',
    platformCode: null,
    details: {},
  })
  expect(await workbench.as('admin').countRecords('contact')).toBe(3)
})

test('a job that is under way when the workbench is closed goes on when it is opened again [JB6]', async () => {
  const lab = openTree(10, { batchSize: 4 })
  const first = await openThreads(lab)
  first.workbench.setFaults(SLOW)
  const { jobId } = await first.workbench.as('admin').execute(lab.delete('A'), { mode: 'Async' })
  await first.time.someoneWaits()
  const ended = refusalOfAsync(first.workbench.jobEnded(jobId ?? ''))

  await first.workbench.close()
  const between = lab.engine.as('admin').getJob(jobId ?? '').job
  const { workbench } = await openThreads(lab)
  const job = await workbench.jobEnded(jobId ?? '')

  expect(await ended).toMatchObject({ code: 'CANCELLED' })
  expect(between.statecode).not.toBe(3)
  expect(between.processed).toBeLessThan(11)
  expect(job).toMatchObject({ status: 'Completed', total: 11, processed: 11 })
  expect([lab.labels('account'), lab.labels('contact')]).toEqual([['B'], []])
})

test('errors cross the border with their code, the platform’s code and their details [EF5]', async () => {
  const lab = openTree(2)
  lab.create('salesorder', 'O', { contactid: 'C1' })
  const { workbench } = await openThreads(lab)
  const gone = { table: 'account', id: '00000000-0000-0000-0000-00000000dead' }

  expect(await refusalOfAsync(workbench.as('admin').preview({ operation: 'Delete', record: gone }))).toEqual({
    code: 'RECORD_NOT_FOUND',
    platformCode: '0x80040217',
    details: gone,
  })
  for (const mode of ['Sync', 'Async'] as const)
    expect(await refusalOfAsync(workbench.as('admin').execute(lab.delete('A'), { mode }))).toMatchObject({
      code: 'CASCADE_REFUSED',
      platformCode: '0x80040227',
      details: { count: 1, blockedBy: [{ record: { name: 'O' }, parent: { name: 'C1' } }] },
    })
  expect(await refusalOfAsync(workbench.as('admin').execute(lab.assign('A', 'dora')))).toMatchObject({
    code: 'CASCADE_REFUSED',
    platformCode: '0x80040225',
  })
  expect(await refusalOfAsync(workbench.as('admin').findRecords({ table: 'shoe', offset: 0, limit: 1 }))).toEqual({
    code: 'INPUT_INVALID',
    platformCode: null,
    details: { table: 'shoe' },
  })
  expect(await refusalOfAsync(workbench.as('admin').generate([{ table: 'shoe', count: 1 }]))).toMatchObject({ code: 'INPUT_INVALID' })
})

const progressOf = (events: WorkbenchEvent[]) => events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []))

test('a generator says how far it is, and what it made is announced [EF5]', async () => {
  const lab = openTree(0)
  const { workbench, events } = await openThreads(lab)

  const report = await workbench.as('admin').generate([
    { table: 'account', count: 20_000 },
    { table: 'contact', count: 5_000 },
  ])

  const progress = progressOf(events)
  expect(report).toMatchObject({ inserted: { account: 20_000, contact: 5_000 }, total: 25_000 })
  expect(progress.length).toBeGreaterThan(0)
  expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b))
  expect(progress.every(({ total, done }) => total === 25_000 && done <= 25_000)).toBe(true)
  expect(events.at(-1)).toEqual({ kind: 'records', tables: ['account', 'contact'] })
  expect(await workbench.as('admin').countRecords('account')).toBe(20_002)
})

test('an import says how far it is, and what it wrote is announced [EF5]', async () => {
  const lab = openTree(0)
  const { workbench, events } = await openThreads(lab)
  const path = join(lab.folder, 'accounts.csv')
  writeFileSync(path, `name\n${Array.from({ length: 20_000 }, (_, index) => `Account ${index}`).join('\n')}\n`)

  const report = await workbench.as('admin').importCsv(path, { table: 'account', columns: [{ from: 'name', to: 'name' }] })

  expect(report).toMatchObject({ recordsInserted: 20_000, recordsUpdated: 0 })
  expect(progressOf(events).length).toBeGreaterThan(0)
  expect(events.at(-1)).toEqual({ kind: 'records', tables: ['account'] })
  expect(await workbench.as('admin').countRecords('account')).toBe(20_002)
})

test('of two users of one name each is who acts in the threads as well, and who is changed [ID1, ID4]', async () => {
  const lab = openTree(3)
  const [anna, other] = [0, 1].map(() => lab.engine.as('admin').createRecord('systemuser', { fullname: 'Anna Lee' }).id) as [string, string]
  const { workbench } = await openThreads(lab)

  await workbench.as(other).generate([{ table: 'account', count: 1, set: { name: 'Made' } }])
  await workbench.changeUser(other, { disabled: true })
  const { jobId } = await workbench.as(anna).execute(lab.assign('C0', 'bob'), { mode: 'Async' })
  const job = await workbench.jobEnded(jobId ?? '')
  const { rows } = await workbench.as('admin').findRecords({ table: 'account', search: 'Made', offset: 0, limit: 1 })

  expect(rows[0]?.values).toMatchObject({ createdby: { id: other }, ownerid: { id: other } })
  expect(job).toMatchObject({ status: 'Completed', createdBy: { id: anna } })
  expect(await refusalOfAsync(workbench.as(other).createRecord('account', {}))).toMatchObject({ code: 'CASCADE_REFUSED' })
})

test('a few cascades that are asked for at once are all done [JB4]', async () => {
  const lab = openTree(30, { batchSize: 3 })
  const { workbench } = await openThreads(lab)
  const assigns = Array.from({ length: 4 }, (_, index) =>
    workbench.as('admin').execute(lab.assign(`C${index}`, 'bob'), { mode: index % 2 === 0 ? 'Sync' : 'Async' }),
  )

  const outcomes = await Promise.all(assigns)
  await Promise.all(outcomes.flatMap(({ jobId }) => (jobId === null ? [] : [workbench.jobEnded(jobId)])))

  expect(Object.values(lab.column('contact', 'ownerid')).filter((owner) => owner === 'bob').length).toBe(4)
  expect(
    lab.engine
      .as('admin')
      .findJobs({ kind: 'cascade', limit: 1_000 })
      .jobs.map(({ status }) => status),
  ).toEqual(Array.from({ length: 2 }, () => 'Completed'))
})

test('a job that is asked for just when the last one has ended runs as well [JB4]', async () => {
  for (let steps = 0; steps < 40; steps++) {
    const lab = openTree(2)
    const workbench = await openWorkbench({
      path: lab.path,
      mode: 'open',
      now: () => START_MS,
      newId: countedIds(),
      wait: () => Promise.resolve(),
      worker: 'inline',
    })
    const first = await workbench.as('admin').execute(lab.assign('C0', 'bob'), { mode: 'Async' })
    for (let step = 0; step < steps; step++) await undefined
    const second = await workbench.as('admin').execute(lab.assign('C1', 'bob'), { mode: 'Async' })

    const ended = await Promise.all([first, second].map(({ jobId }) => workbench.jobEnded(jobId ?? '')))

    expect(ended.map(({ status }) => status)).toEqual(['Completed', 'Completed'])
    await workbench.close()
  }
})
