import { expect, test } from 'vitest'
import { createJobStepsStore, isStoppedBy } from '../../../renderer/features/jobs/stores/job-steps.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge } from '../../support/fake-bridge.ts'
import { jobOf } from '../../support/job-example.ts'
import { runOf, timeOf } from '../../support/trace-example.ts'

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
    'trace.find': () => ({ runs: [refused], hasMore: true }),
  })
  const store = createJobStepsStore(bridge)
  await store.getState().show('job-1')
  expect([store.getState().times?.[0]?.totalMicroseconds, store.getState().lastFailure?.number]).toEqual([1_000, 9])

  total = 2_000
  announce('trace', { lastRun: 10 })
  await eventually(() => expect(store.getState().times?.[0]?.totalMicroseconds).toBe(2_000))
  await store.getState().show(null)
  const before = calls.length
  announce('trace', { lastRun: 11 })

  expect([calls.length, store.getState().times]).toEqual([before, null])
})

test('a run stopped a job where both say the same and nothing of it was kept', () => {
  const paused = jobOf({ status: 'Paused', errorCode: '0x80040265', message: 'Meridian: Closed accounts keep their owner' })

  expect(isStoppedBy(paused, refused)).toBe(true)
  expect(isStoppedBy({ ...paused, errorCode: null }, refused)).toBe(true)
  expect(isStoppedBy({ ...paused, status: 'Waiting', postponeUntilMs: 5 }, refused)).toBe(true)
  expect(isStoppedBy({ ...paused, status: 'In Progress' }, refused)).toBe(false)
  expect(isStoppedBy({ ...paused, errorCode: '0x80040225', message: 'The user is disabled' }, refused)).toBe(false)
  expect(isStoppedBy(paused, { ...refused, isCommitted: true })).toBe(false)
})
