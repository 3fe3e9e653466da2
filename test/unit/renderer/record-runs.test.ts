import { expect, test } from 'vitest'
import { groupByRequest } from '../../../renderer/features/trace/group-runs.ts'
import { createRecordRunsStore } from '../../../renderer/features/trace/stores/record-runs.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge } from '../../support/fake-bridge.ts'
import { fakeTraceLog } from '../../support/fake-trace-log.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'
import { runOf, runsOf } from '../../support/trace-example.ts'

const record = { table: 'account', id: runOf().record?.id ?? '' }

function storeOver(runs = runsOf(3, 1)) {
  const log = fakeTraceLog(runs)
  const fake = fakeBridge({ 'trace.find': log.find })
  const store = createRecordRunsStore(fake.bridge, peopleOver(fake.bridge))
  const numbers = () => store.getState().runs?.map(({ number }) => number)
  return { ...fake, ...log, store, numbers }
}

test('runs of the record are added as they come, unless somebody looks at one of them', async () => {
  const { store, numbers, add, announce } = storeOver()
  await store.getState().show(record)
  store.getState().hold(true)
  add(runsOf(5, 4))

  announce('trace', { lastRun: 5 })
  await eventually(() => expect(store.getState().newer.length).toBe(2))
  expect(numbers()).toEqual([3, 2, 1])
  store.getState().hold(false)

  expect(numbers()).toEqual([5, 4, 3, 2, 1])
})

test('older runs are asked for by the oldest one shown', async () => {
  const { store, calls, numbers } = storeOver(runsOf(120, 1))
  await store.getState().show(record)
  expect([numbers()?.length, store.getState().hasOlder]).toEqual([100, true])

  await store.getState().showOlder()

  expect([numbers()?.length, store.getState().hasOlder]).toEqual([120, false])
  expect(calls.at(-1)?.args).toEqual([{ query: { record, before: 21, limit: 100 }, caller: ADMINISTRATOR_ID }])
})

test('runs are grouped by request: the newest request first, in each the order in which they began', () => {
  const older = runsOf(2, 1, { correlationId: 'a', startedOnMs: 500 })
  const newer = runsOf(4, 3, { correlationId: 'b', job: { id: 'j', name: 'Job', batch: 2, attempt: 1 } })

  const groups = groupByRequest([...newer, ...older])

  expect(
    groups.map(({ correlationId, startedOnMs, job, runs }) => [correlationId, startedOnMs, job?.id, runs.map(({ number }) => number)]),
  ).toEqual([
    ['b', 1_000, 'j', [3, 4]],
    ['a', 500, undefined, [1, 2]],
  ])
})
