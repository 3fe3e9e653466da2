import { expect, test } from 'vitest'
import { openRecordStore } from '../../../renderer/features/records/stores/open-record.ts'
import { countsStore, createCountsStore } from '../../../renderer/frame/stores/counts.ts'
import { jobsStore } from '../../../renderer/frame/stores/jobs.ts'
import { modelStore } from '../../../renderer/frame/stores/model.ts'
import { viewStore } from '../../../renderer/frame/stores/view.ts'
import { FEATURES } from '../../../renderer/shell/features.ts'
import { openApp } from '../../../renderer/shell/open-app.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { jobOf } from '../../support/job-example.ts'
import { memoryHistory } from '../../support/memory-history.ts'
import { peopleOver } from '../../support/people-over.ts'

const TABLES = Array.from({ length: 300 }, (_, at) => `table_${at}`)

/** A host with the given numbers of records, and how often it was asked for which tables. */
function hostOf(rows: Record<string, number>) {
  const host = fakeBridge({
    'records.counts': ({ tables }) => Object.fromEntries((tables ?? Object.keys(rows)).map((table) => [table, rows[table] ?? 0])),
  })
  const asked = () =>
    host.calls.filter(({ method }) => method === 'records.counts').map(({ args }) => (args[0] as { tables: string[] | null }).tables)
  return { ...host, rows, asked }
}

test('while a job runs over 300 tables, counts that are not on screen are not asked for', async () => {
  const { bridge, announce, asked } = hostOf(Object.fromEntries(TABLES.map((table) => [table, 5])))
  const stores = openApp(bridge, memoryHistory(), FEATURES)
  const counts = stores.get(countsStore)
  for (const key of [modelStore, jobsStore, openRecordStore]) stores.get<object>(key)
  const leave = counts.show(null)
  await eventually(() => expect(Object.keys(counts.getState().counts)).toHaveLength(300))
  leave()
  stores.get(viewStore).getState().go({ screen: 'jobs', jobId: 'job-1' })

  for (let batch = 0; batch < 50; batch++) {
    announce('job', jobOf({ status: 'In Progress' }))
    announce('records', { tables: TABLES.slice(0, 12) })
  }
  await new Promise(setImmediate)

  expect(asked()).toEqual([null])
})

test('of the counts on screen only those of changed tables are read again', async () => {
  const { bridge, announce, rows, asked } = hostOf({ account: 1, contact: 2, task: 3 })
  const counts = createCountsStore(bridge, peopleOver(bridge))
  counts.show(null)
  await eventually(() => expect(counts.getState().counts).toEqual({ account: 1, contact: 2, task: 3 }))

  rows.contact = 20
  announce('records', { tables: ['contact'] })

  await eventually(() => expect(counts.getState().counts).toEqual({ account: 1, contact: 20, task: 3 }))
  expect(asked()).toEqual([null, ['contact']])
})

test('a count that nobody showed while it changed is read again when it is shown', async () => {
  const { bridge, announce, rows, asked } = hostOf({ account: 1, contact: 2 })
  const counts = createCountsStore(bridge, peopleOver(bridge))
  counts.show(['account'])()
  await eventually(() => expect(counts.getState().counts).toEqual({ account: 1 }))
  rows.account = 10
  announce('records', { tables: ['account'] })

  counts.show(['account', 'contact'])

  await eventually(() => expect(counts.getState().counts).toEqual({ account: 10, contact: 2 }))
  expect(asked()).toEqual([['account'], ['account', 'contact']])
  expect(await counts.read(['account'])).toEqual({ account: 10, contact: 2 })
  expect(asked()).toHaveLength(2)
})

test('a table that changes while it is counted is counted once more', async () => {
  const rows = { account: 1 }
  let reached = 0
  const { bridge, announce } = fakeBridge({
    'records.counts': async () => {
      const { account } = rows
      await Promise.resolve()
      if (++reached === 1) {
        rows.account = 9
        announce('records', { tables: ['account'] })
      }
      return { account }
    },
  })
  const counts = createCountsStore(bridge, peopleOver(bridge))

  counts.show(['account'])

  await eventually(() => expect(counts.getState().counts).toEqual({ account: 9 }))
  expect(reached).toBe(2)
})

test('an answer that another environment was asked for is not taken over', async () => {
  let answer: (counts: Record<string, number>) => void = () => {}
  const { bridge } = fakeBridge({
    'records.counts': () =>
      new Promise((settle) => {
        answer = settle
      }),
  })
  const counts = createCountsStore(bridge, peopleOver(bridge))
  const reading = counts.read(null)

  counts.reset()
  answer({ account: 1 })

  expect(await reading).toEqual({})
})

test('counts that cannot be read stay unknown, and are read when they are asked for again', async () => {
  let isUp = false
  const { bridge } = fakeBridge({
    'records.counts': () => {
      if (!isUp) throw refusal('The environment is busy.')
      return { account: 4 }
    },
  })
  const counts = createCountsStore(bridge, peopleOver(bridge))

  expect(await counts.read(null)).toEqual({})
  isUp = true

  expect(await counts.read(null)).toEqual({ account: 4 })
})
