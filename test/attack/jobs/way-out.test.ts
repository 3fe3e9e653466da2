import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../support/engine.ts'
import { openLab, refusalOf } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { openThreads } from '../../support/workbench.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, salesorder: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade', 'contact > salesorder.contactid Delete=Restrict'],
}

/** An account with four contacts in batches of two, and a job that deletes them. */
function openTree() {
  const lab = openLab(MODEL, { settings: { batchSize: 2, maxAttempts: 3, retryDelaySeconds: 10 } }).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A' }, C1: { accountid: 'A' }, C2: { accountid: 'A' }, C3: { accountid: 'A' } },
    salesorder: { O: {} },
  })
  return { lab, user: lab.engine.as('admin'), job: lab.job(lab.delete('A')) }
}

type Tree = ReturnType<typeof openTree>

const waitsFor = ({ user, job }: Tree): string | null => {
  const { waitsFor: message } = user.getJob(job.id)
  return message && inEnglish(message)
}

test('a job that waits for its next try can be paused, then cancelled, and says when and why it would have tried [JB17, JB2]', () => {
  const tree = openTree()
  const { lab, user, job } = tree
  lab.update('O', { contactid: 'C0' })
  const failed = lab.batch(job)
  const waited = waitsFor(tree)

  const paused = user.pauseJob(job.id)
  const cancelled = user.cancelJob(job.id)

  expect(waited).toBe(`It waits for its next try at 2026-01-31T12:00:10.000Z. The last one ended in: ${messageOfJob(failed)}`)
  expect([paused.status, cancelled.status]).toEqual(['Paused', 'Cancelled'])
  expect(user.getJob(job.id).messages.map(({ text }) => inEnglish(text))).toContain('Paused by admin after 0 of 5 records.')
  expect([waitsFor(tree), lab.engine.nextJob(), lab.engine.nextDueMs()]).toEqual([null, undefined, undefined])
})

test('a cascade is paused between two batches, lets go of its records, and goes on where it was [JB17, JB10]', () => {
  const { lab, user, job } = openTree()
  lab.batch(job)
  lab.engine.holdBatch(job.id)

  const paused = user.pauseJob(job.id)
  const still = lab.batch(job)
  lab.update('C3', { name: 'free' })
  user.resumeJob(job.id)
  const { job: done } = lab.finish(job)

  expect([paused.status, still.status, still.processed]).toEqual(['Paused', 'Paused', 2])
  expect([done.status, done.processed, lab.labels('contact')]).toEqual(['Completed', 5, []])
})

test('a job that has ended, or is paused, is not paused again [JB17, JB2]', () => {
  const { lab, user, job } = openTree()
  user.pauseJob(job.id)
  const twice = refusalOf(() => user.pauseJob(job.id))
  user.resumeJob(job.id)
  lab.finish(job)

  expect(twice).toMatchObject({ code: 'JOB_MOVE_REFUSED', details: { from: 'Paused', to: 'Paused' } })
  expect(refusalOf(() => user.pauseJob(job.id))).toMatchObject({ code: 'JOB_MOVE_REFUSED', details: { from: 'Completed' } })
})

test('a job says which one comes before it, or that it is next [JB17, JB4]', () => {
  const { lab, user, job } = openTree()
  const second = lab.job(lab.assign('B', 'bob'))

  expect(waitsFor({ lab, user, job })).toMatch(/^It is next\./)
  expect(waitsFor({ lab, user, job: second })).toBe(`It waits for ${job.name}, which comes before it.`)
})

test('an asynchronous step that waits can be paused and cancelled, and one that was resumed runs [JB17, PG15]', async () => {
  const lab = openPipeline(MODEL).rows({ account: { A: {}, B: {} } })
  const seen: unknown[] = []
  const handler = ({ target }: { target: unknown }) => void seen.push(target)
  lab.plugin('later', { message: 'Update', table: 'account', stage: 'PostOperation', mode: 'Async', handler })
  lab.update('A', { name: 'first' })
  lab.update('B', { name: 'second' })
  const user = lab.engine.as('admin')
  const [second, first] = user.findJobs({ kind: 'step', limit: 2 }).jobs.map(({ id }) => id)
  user.pauseJob(first ?? '')
  user.cancelJob(first ?? '')
  user.pauseJob(second ?? '')

  await lab.runSteps()
  const before = seen.length
  user.resumeJob(second ?? '')
  await lab.runSteps()

  expect([before, seen]).toEqual([0, [{ name: 'second' }]])
  expect([first, second].map((id) => user.getJob(id ?? '').job.status)).toEqual(['Cancelled', 'Completed'])
})

test('who waits for the end of a job is told when it is paused, also while it runs on its thread [JB17]', async () => {
  const { lab, job } = openTree()
  const { workbench, time } = await openThreads(lab)
  workbench.setFaults({ batchDelayMs: 1, failBatch: null })
  const ended = workbench.jobEnded(job.id)
  await time.someoneWaits()

  const paused = await workbench.as('admin').pauseJob(job.id)
  workbench.setFaults({ batchDelayMs: 0, failBatch: null })
  time.pass()

  expect(paused.status).toBe('Paused')
  expect(await ended).toMatchObject({ status: 'Paused' })
  await workbench.as('admin').cancelJob(job.id)
  expect(workbench.as('admin').getJob(job.id).job.status).toBe('Cancelled')
})
