import { expect, test } from 'vitest'
import { nextStepOf } from '../../../renderer/features/jobs/job-words.ts'
import { jobText } from '../../../renderer/features/jobs/texts.ts'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { createJobsStore, isPostponed } from '../../../renderer/frame/stores/jobs.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { jobOf } from '../../support/job-example.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'

function storeOver(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge({ 'jobs.find': () => ({ jobs: [jobOf()], total: 1 }), ...answers })
  return { ...fake, jobs: createJobsStore(fake.bridge, peopleOver(fake.bridge)) }
}

test('a paused job is moved in the name of the caller, and the list shows the answer', async () => {
  const { jobs, calls } = storeOver({ 'jobs.resume': () => jobOf({ status: 'Waiting', modifiedOnMs: 3_000 }) })
  await jobs.getState().load()

  await jobs.getState().resumeJob('job-1')

  expect(calls.at(-1)).toEqual({ method: 'jobs.resume', args: [{ jobId: 'job-1', caller: ADMINISTRATOR_ID }] })
  expect(jobs.getState().jobs?.map((job) => job.status)).toEqual(['Waiting'])
  expect(jobs.getState().moving.size).toBe(0)
})

test('a refused move is kept with its code until the next one', async () => {
  const refused = { ...refusal('It is Completed.'), code: 'JOB_MOVE_REFUSED', platformCode: '0x80044f00' }
  const { jobs } = storeOver({
    'jobs.cancel': () => {
      throw new BridgeError(refused)
    },
    'jobs.reexecute': () => jobOf({ status: 'Waiting', modifiedOnMs: 3_000 }),
  })
  await jobs.getState().load()

  await jobs.getState().cancelJob('job-1')
  expect(jobs.getState().refusedMove).toEqual({ jobId: 'job-1', move: 'cancel', error: refused })
  await jobs.getState().reexecuteJob('job-1')

  expect(jobs.getState().refusedMove).toBeNull()
})

test('an answer that an event overtook does not bring the older state back', async () => {
  const { jobs, announce } = storeOver({ 'jobs.resume': () => jobOf({ status: 'Waiting', modifiedOnMs: 3_000 }) })
  await jobs.getState().load()
  announce('job', jobOf({ status: 'Completed', modifiedOnMs: 4_000 }))

  await jobs.getState().resumeJob('job-1')

  expect(jobs.getState().jobs?.map((job) => job.status)).toEqual(['Completed'])
})

test('the open job is read again when jobs have ended that were not announced one by one', async () => {
  let job = jobOf({ status: 'Waiting' })
  const { jobs, announce, calls } = storeOver({ 'jobs.get': () => ({ job, failedRecords: [], messages: [], waitsFor: null }) })
  await jobs.getState().openJob('job-1')
  job = jobOf({ status: 'Completed', modifiedOnMs: 3_000 })

  announce('jobs', null)
  await expect.poll(() => jobs.getState().details?.job.status).toBe('Completed')
  announce('jobs', null)
  await expect.poll(() => calls.filter(({ method }) => method === 'jobs.find').length).toBe(2)

  expect(calls.filter(({ method }) => method === 'jobs.get')).toHaveLength(2)
})

test('only a waiting job with a time is postponed', () => {
  expect(isPostponed(jobOf({ status: 'Waiting', postponeUntilMs: 9_000 }))).toBe(true)
  expect(isPostponed(jobOf({ status: 'Waiting' }))).toBe(false)
  expect(isPostponed(jobOf({ status: 'In Progress', postponeUntilMs: 9_000 }))).toBe(false)
})

test('a job that was paused by hand has no cause that would have to be removed', () => {
  const message = { key: 'verbatim.text', params: { text: 'Fault' } }

  expect(nextStepOf(jobOf({ status: 'Paused', message: null }))).toEqual(jobText.nextStep.pausedByHand)
  expect(nextStepOf(jobOf({ status: 'Paused', message }))).toEqual(jobText.nextStep.Paused)
})
