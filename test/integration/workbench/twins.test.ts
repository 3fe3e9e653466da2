import { expect, onTestFinished, test } from 'vitest'
import type { CascadeJob, JobPage } from '#engine/contract/jobs'
import type { RecordPage, RecordRow } from '#engine/contract/records'
import type { StepRunPage } from '#engine/contract/trace'
import { createAnswerCall } from '../../../main/ipc/answer-call.ts'
import type { MethodContext } from '../../../main/ipc/method.ts'
import { openWorkbench } from '../../../main/workbench/index.ts'
import { openPipeline } from '../../support/pipeline.ts'

const MODEL = { tables: { account: {}, contact: {} }, relationships: ['account > contact.accountid Assign=Cascade'] }

/** The bridge of an environment where two users are called Anna Lee, with a step that runs for each new account. */
async function openTwins() {
  const lab = openPipeline(MODEL)
  lab.plugin('log', { message: 'Create', table: 'account', stage: 'PostOperation', handler: () => {} })
  const workbench = await openWorkbench({
    path: lab.path,
    mode: 'open',
    now: () => lab.nowMs,
    newId: () => crypto.randomUUID(),
    wait: async () => undefined,
    worker: 'inline',
    plugins: { runtime: lab.runtime, ready: async () => undefined },
  })
  onTestFinished(() => workbench.close())
  const answer = createAnswerCall({
    session: { workbench: () => workbench },
    dialogs: {},
    isUpload: () => false,
  } as unknown as MethodContext)
  const call = async <Result>(method: string, input: unknown): Promise<Result> => {
    const answered = await answer(method, [input])
    if (!answered.ok) throw new Error(`${answered.error.code}: ${answered.error.message}`)
    return answered.value as Result
  }
  const admin = workbench.info().administratorId
  const made = async () =>
    (await call<{ record: { id: string } }>('records.create', { table: 'systemuser', values: { fullname: 'Anna Lee' }, caller: admin }))
      .record.id
  return { workbench, call, admin, anna: await made(), other: await made() }
}

test('two users of one name are two users on every screen: lists, records, jobs and trace log [ID1, ID5]', async () => {
  const { workbench, call, anna, other } = await openTwins()
  const people = await call<{ id: string; name: string }[]>('principals.find', 'anna lee')

  const ofAnna = await call<{ record: { id: string } }>('records.create', { table: 'account', values: { name: 'A' }, caller: anna })
  const ofOther = await call<{ record: { id: string } }>('records.create', { table: 'account', values: { name: 'O' }, caller: other })
  const record = { table: 'account', id: ofAnna.record.id }
  const assign = { operation: 'Assign', record, to: { table: 'systemuser', id: other } }
  const { jobId } = await call<{ jobId: string }>('cascade.execute', { request: assign, caller: other, mode: 'Async', planId: null })
  await workbench.jobEnded(jobId)

  const owned = await call<RecordPage>('records.find', {
    query: {
      table: 'account',
      filters: [{ column: 'createdby', operator: 'equals', value: { table: 'systemuser', id: anna } }],
      offset: 0,
      limit: 10,
    },
    caller: other,
  })
  const read = await call<RecordRow>('records.get', { record, caller: anna })
  const jobs = await call<JobPage<'cascade'>>('jobs.find', { query: { kind: 'cascade', limit: 10 }, caller: anna })
  const { job } = await call<{ job: CascadeJob }>('jobs.get', { jobId, caller: anna })
  const { runs } = await call<StepRunPage>('trace.find', { query: { limit: 10 }, caller: anna })

  expect(people.map(({ id, name }) => [id, name])).toEqual([
    [anna, 'Anna Lee'],
    [other, 'Anna Lee'],
  ])
  expect(owned.rows.map(({ id }) => id)).toEqual([ofAnna.record.id])
  expect(read.values).toMatchObject({ createdby: { id: anna }, ownerid: { id: other }, modifiedby: { id: other } })
  expect(jobs.jobs.map(({ createdBy }) => createdBy)).toEqual([{ table: 'systemuser', id: other, name: 'Anna Lee' }])
  expect(job).toMatchObject({ status: 'Completed', createdBy: { id: other }, owner: { id: other } })
  expect(runs.map(({ record, userId }) => [record?.id, userId])).toEqual([
    [ofOther.record.id, other],
    [ofAnna.record.id, anna],
  ])
})

test('one of them is disabled: every call in her name is refused, reads included, and the other works on [ID1, ID7]', async () => {
  const { call, anna, other } = await openTwins()

  await call('users.change', { userId: anna, disabled: true })

  const query = { table: 'account', offset: 0, limit: 10 }
  const calls = [
    ['records.find', { query, caller: anna }],
    ['records.counts', { tables: ['account'], caller: anna }],
    ['records.get', { record: { table: 'systemuser', id: other }, caller: anna }],
    ['records.create', { table: 'account', values: {}, caller: anna }],
    ['jobs.find', { query: { limit: 10 }, caller: anna }],
    ['trace.find', { query: { limit: 10 }, caller: anna }],
    ['trace.times', { jobId: null, caller: anna }],
    ['generate.run', { rules: [{ table: 'account', count: 1 }], caller: anna }],
  ] as const
  for (const [method, input] of calls) await expect(call(method, input), method).rejects.toThrow('CASCADE_REFUSED')
  for (const [method, input] of calls) await call(method, { ...input, caller: other })
})
