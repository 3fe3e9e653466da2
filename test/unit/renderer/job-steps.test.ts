import { expect, test } from 'vitest'
import { createJobStepsStore, isStopped } from '../../../renderer/features/jobs/stores/job-steps.ts'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { jobOf } from '../../support/job-example.ts'
import { peopleOver } from '../../support/people-over.ts'
import { detailsOf, runOf, timeOf } from '../../support/trace-example.ts'

const refused = runOf({
  number: 9,
  outcome: 'refused',
  isCommitted: false,
  code: '0x80040265',
  error: 'Closed accounts keep their owner',
  job: { id: 'job-1', name: 'Job', batch: 1, attempt: 4 },
})

test('the times of a job are read again when steps ran, and never for a job that was left', async () => {
  let total = 1_000
  const { bridge, calls, announce } = fakeBridge({
    'trace.times': () => [timeOf({ totalMicroseconds: total })],
    'trace.get': () => detailsOf(refused),
  })
  const store = createJobStepsStore(bridge, peopleOver(bridge))
  await store.getState().show({ id: 'job-1', failedRun: 9 })
  expect([store.getState().times?.[0]?.totalMicroseconds, store.getState().failure?.number]).toEqual([1_000, 9])

  total = 2_000
  announce('trace', { lastRun: 10 })
  await eventually(() => expect(store.getState().times?.[0]?.totalMicroseconds).toBe(2_000))
  await store.getState().show(null)
  const before = calls.length
  announce('trace', { lastRun: 11 })

  expect([calls.length, store.getState().times]).toEqual([before, null])
})

test('the run that a job names as failed is read, unless the trace log has it no longer', async () => {
  const { bridge, calls } = fakeBridge({
    'trace.times': () => [],
    'trace.get': ({ run: number }) => {
      if (number === 9) return detailsOf(refused)
      throw new BridgeError({ ...refusal('There is no such run.'), code: 'RECORD_NOT_FOUND' })
    },
  })
  const store = createJobStepsStore(bridge, peopleOver(bridge))

  await store.getState().show({ id: 'job-1', failedRun: null })
  expect([store.getState().failure, calls.map(({ method }) => method)]).toEqual([null, ['trace.times']])
  await store.getState().show({ id: 'job-1', failedRun: 9 })
  expect(store.getState().failure).toEqual(refused)
  await store.getState().show({ id: 'job-1', failedRun: 8 })

  expect([store.getState().failure, store.getState().error]).toEqual([null, null])
})

test('a job is stopped by its error until it is tried again', () => {
  const paused = jobOf({ status: 'Paused' })

  expect(isStopped(paused)).toBe(true)
  expect(isStopped({ ...paused, status: 'Waiting', postponeUntilMs: 5 })).toBe(true)
  expect(isStopped({ ...paused, status: 'Waiting' })).toBe(false)
  expect(isStopped({ ...paused, status: 'In Progress' })).toBe(false)
})
