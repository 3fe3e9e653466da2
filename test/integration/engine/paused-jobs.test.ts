import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Settings } from '#engine/contract/settings'
import { inEnglish } from '#text/english'
import type { Message } from '#text/message'
import { openLab, refusalOf, START_MS } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'
import { runJob } from '../../support/run-job.ts'

/** A delete of A with four records, whose second one, C1, a Restrict child blocks from before the first batch on. */
function openBlocked(settings: Partial<Settings> = {}) {
  const lab = openLab(
    {
      tables: { account: {}, contact: {}, salesorder: {} },
      relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade', 'contact > salesorder.contactid Delete=Restrict'],
    },
    { settings: { batchSize: 500, maxAttempts: 3, retryDelaySeconds: 10, ...settings } },
  ).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A' }, C1: { accountid: 'A' }, C2: { accountid: 'A' } },
    salesorder: { O: {} },
  })
  const job = lab.job(lab.delete('A'), 'nora')
  lab.update('O', { contactid: 'C1' })
  return { lab, job }
}

test('a failing record is tried maxAttempts times in all, after a delay that doubles; then the job pauses [JB9]', () => {
  const { lab, job } = openBlocked()
  const tries = []

  for (let run = 0; run < 3; run++) {
    const { status, attempts, retryCount, postponeUntilMs, processed, batches, errorCode } = lab.batch(job)
    tries.push({
      status,
      attempts,
      retryCount,
      inSeconds: postponeUntilMs && (postponeUntilMs - lab.nowMs) / 1_000,
      processed,
      batches,
      errorCode,
    })
    lab.nowMs = postponeUntilMs ?? lab.nowMs
  }

  expect(tries).toMatchObject([
    { status: 'Waiting', attempts: 1, retryCount: 1, inSeconds: 10, processed: 1, batches: 1, errorCode: '0x80040227' },
    { status: 'Waiting', attempts: 2, retryCount: 2, inSeconds: 20, processed: 1, batches: 1, errorCode: '0x80040227' },
    { status: 'Paused', attempts: 3, retryCount: 2, processed: 1, batches: 1, errorCode: '0x80040227' },
  ])
  expect(
    lab.engine
      .as('admin')
      .getJob(job.id)
      .messages.slice(1)
      .map(({ level, code }) => [level, code]),
  ).toEqual([
    ['warning', '0x80040227'],
    ['warning', '0x80040227'],
    ['information', null], // cascadeAsync_FailureAPI
    ['error', '0x80040227'],
  ])
})

test('the advice of an error is kept beside its message, until the cause is gone [JB9]', () => {
  const { lab, job } = openBlocked()

  const failed = lab.batch(job)
  const advice = inEnglish(failed.hint as Message)

  expect(advice).toBe('Delete or re-parent the blocking rows first, or change the relationship from Restrict.')
  expect(inEnglish(failed.friendlyMessage as Message)).toBe(`${messageOfJob(failed)} ${advice}`)
  expect(failed.failedRun).toBeNull()
})

test('a postponed job is not taken up before it is due, and says when that is [JB9, JB4]', () => {
  const { lab, job } = openBlocked()
  lab.batch(job)

  expect([lab.engine.nextJob(), lab.engine.nextDueMs()]).toEqual([undefined, START_MS + 10_000])
  lab.nowMs += 10_000
  expect(lab.engine.nextJob()?.id).toBe(job.id)
})

test('a job whose cause of failure went away in time completes by itself, its error forgotten [JB9, JB5]', () => {
  const { lab, job } = openBlocked()
  lab.batch(job)
  lab.sync(lab.delete('O'))

  expect(lab.finish(job).job).toMatchObject({
    status: 'Completed',
    total: 4,
    processed: 4,
    batches: 2,
    errorCode: null,
    message: null,
    friendlyMessage: null,
    hint: null,
    postponeUntilMs: null,
  })
  expect([lab.labels('account'), lab.labels('contact')]).toEqual([[], []])
})

test('each failing record has its own tries [JB9]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 2 })
  lab.create('salesorder', 'O2', { contactid: 'C2' })
  lab.batch(job)
  lab.sync(lab.delete('O'))
  const second = lab.batch(job)

  expect(second).toMatchObject({ status: 'Waiting', attempts: 1, processed: 2 })
  expect(lab.batch(job)).toMatchObject({ status: 'Paused', attempts: 2, processed: 2 })
})

test('a paused job that is resumed goes on where it stopped, its tries counted afresh [JB10]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 1 })
  lab.finish(job)

  const resumed = lab.engine.as('bob').resumeJob(job.id)
  const again = lab.batch(job)
  lab.sync(lab.delete('O'))
  lab.engine.as('bob').resumeJob(job.id)

  expect(resumed).toMatchObject({ status: 'Waiting', statecode: 0, processed: 1, attempts: 0, postponeUntilMs: null })
  expect(again).toMatchObject({ status: 'Paused', attempts: 1, processed: 1 })
  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 4, processed: 4 })
  expect(
    lab.engine
      .as('admin')
      .getJob(job.id)
      .messages.map(({ text }) => inEnglish(text)),
  ).toContain('Resumed by bob after 1 of 4 records.')
})

test('a paused job that is executed again is planned from the data as they are [JB11]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 1 })
  lab.finish(job)
  lab.sync(lab.delete('O'))
  lab.create('contact', 'C9', { accountid: 'A' })

  const again = lab.engine.as('bob').reexecuteJob(job.id)

  expect(again).toMatchObject({ status: 'Waiting', total: 0, processed: 0 })
  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 4, processed: 4 })
  expect(lab.labels('contact')).toEqual([])
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('only a paused job can be cancelled; what it did stays done [JB12, JB2]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 1 })
  const refused = { code: 'JOB_MOVE_REFUSED', platformCode: '0x80044F00', details: { job: job.name, to: 'Cancelled' } }
  expect(refusalOf(() => lab.engine.as('bob').cancelJob(job.id))).toMatchObject(refused)
  lab.finish(job)

  const cancelled = lab.engine.as('bob').cancelJob(job.id)

  expect(cancelled).toMatchObject({ status: 'Cancelled', statecode: 3, statuscode: 32, processed: 1, completedOnMs: lab.nowMs })
  expect(lab.labels('contact')).toEqual(['C1', 'C2'])
  expect(refusalOf(() => lab.engine.as('bob').cancelJob(job.id))).toMatchObject(refused)
  expect(lab.engine.nextJob()).toBeUndefined()
})

test('after a cancelled assign, one to the same owner does what is left [JB12, AS2]', () => {
  const lab = openLab(
    { tables: { account: {}, contact: {} }, relationships: ['account > contact.accountid Assign=Cascade'] },
    { settings: { batchSize: 1 } },
  ).rows({ account: { A: { ownerid: 'alice' } }, contact: { C: { accountid: 'A', ownerid: 'alice' } } })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.update('bob', { isdisabled: true })
  lab.finish(job)
  lab.engine.as('admin').cancelJob(job.id)
  lab.update('bob', { isdisabled: false })

  const { nothingToDo, affected } = lab.plan(lab.assign('A', 'bob'))

  expect({ nothingToDo, affected }).toEqual({ nothingToDo: false, affected: 2 })
})

test('completion and pause are announced by the platform’s messages [JB13]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 1 })
  const paused = lab.finish(job).job
  lab.sync(lab.delete('O'))
  lab.engine.as('admin').resumeJob(job.id)
  lab.finish(job)

  const db = new Database(lab.path, { readonly: true })
  const announced = db.prepare('SELECT message, inputs FROM _notification ORDER BY number').all() as { message: string; inputs: string }[]
  db.close()

  expect(announced.map(({ message, inputs }) => [message, JSON.parse(inputs)])).toEqual([
    ['cascadeAsync_FailureAPI', { casadeAsyncExceptionDetails: messageOfJob(paused), casadeAsyncJobName: job.name }],
    ['cascadeAsync_SuccessAPI', { casadeAsync_JobName: job.name }],
  ])
})

test('a job whose author is disabled fails until they are back [JB14]', () => {
  const { lab, job } = openBlocked({ maxAttempts: 1 })
  lab.sync(lab.delete('O'))
  lab.update('nora', { isdisabled: true })
  expect(lab.finish(job).job).toMatchObject({ status: 'Paused', errorCode: '0x80040225', processed: 0 })

  lab.update('nora', { isdisabled: false })
  lab.engine.as('admin').resumeJob(job.id)

  expect(lab.finish(job).job).toMatchObject({ status: 'Completed', processed: 4 })
})

for (const [parentingCheck, retries] of [
  [true, 1],
  [false, 0],
] as const)
  test(`a merge with the check ${parentingCheck ? 'on tries again' : 'off goes on at once'} without a record that is gone [JB15]`, () => {
    const lab = openLab(
      { tables: { account: {}, contact: {} }, relationships: ['account > contact.accountid Merge=Cascade'] },
      { settings: { maxAttempts: 4 } },
    ).rows({ account: { T: {}, S: {} }, contact: { C1: { accountid: 'S' }, C2: { accountid: 'S' } } })
    const job = lab.job(lab.merge('S', 'T', { parentingCheck }))
    lab.sync(lab.delete('C1'))

    expect(lab.finish(job).job).toMatchObject({ status: 'Completed', total: 3, processed: 3, retryCount: retries })
    expect(lab.column('contact', 'accountid')).toEqual({ C2: 'T' })
  })

test('a delete that is given up leaves no link of its own records to nothing: those to rows that went before keep the GUID [DL5, JB12]', () => {
  const lab = openLab(
    {
      tables: { account: {} },
      relationships: ['account > account.parentid Delete=Cascade', 'account > account.partnerid Delete=Cascade'],
    },
    { settings: { batchSize: 1 } },
  ).rows({ account: { A: {}, B: { parentid: 'A' }, C: { parentid: 'A', partnerid: 'B' } } })
  const { id } = lab.refOf('B')
  const job = lab.job(lab.delete('A'))

  lab.batch(job)
  const between = lab.read('C', 'parentid', 'partnerid')
  runJob(lab.engine, job.id, 0, { failBatch: 2 })
  lab.engine.as('admin').cancelJob(job.id)

  expect(between).toEqual({ parentid: 'A', partnerid: id })
  expect(lab.labels('account')).toEqual(['A', 'C'])
  expect(lab.engine.checkIntegrity()).toEqual([])
})
