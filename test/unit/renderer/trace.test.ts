import { expect, test } from 'vitest'
import type { StepRun } from '#engine/contract/trace'
import { createTraceStore, EVERY_RUN, isFiltered, queryOf } from '../../../renderer/features/trace/stores/trace.ts'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { isEmpty, PAGE_ROWS, reachableRows, rowAt } from '../../../renderer/frame/stores/newest-first.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { fakeTraceLog } from '../../support/fake-trace-log.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'
import { runOf, runsOf } from '../../support/trace-example.ts'

function watchedOver(first: StepRun[]) {
  const log = fakeTraceLog(first)
  const fake = fakeBridge({ 'trace.find': log.find })
  const store = createTraceStore(fake.bridge, peopleOver(fake.bridge))
  const state = store.getState
  const shown = (row: number) => rowAt(state().log.rows, row)?.number
  /** Runs came; the host announces them. */
  const came = async (runs: StepRun[]) => {
    log.add(runs)
    fake.announce('trace', { lastRun: runs[0]?.number ?? 0 })
    await state().follow()
  }
  state().watch()
  return { ...fake, store, state, shown, came, settled: () => state().follow() }
}

test('as long as nobody looks at a certain row, the newest runs are shown as they come', async () => {
  const { shown, came, settled, state } = watchedOver(runsOf(10, 1))
  await settled()
  expect(shown(0)).toBe(10)

  await came(runsOf(13, 11))

  expect(shown(0)).toBe(13)
  expect(state().log.newer.count).toBe(0)
})

for (const reason of ['scrolled', 'row', 'opened', 'pointer'] as const) {
  test(`nothing moves under a reader (${reason}): newer runs are counted, and shown when they are asked for`, async () => {
    const { shown, came, settled, state } = watchedOver(runsOf(10, 1))
    await settled()
    state().hold(reason, true)

    await came(runsOf(13, 11))
    await came(runsOf(15, 14))
    expect([shown(0), state().log.newer]).toEqual([10, { count: 5, isExact: true }])
    state().showNewest()

    await eventually(() => expect(shown(0)).toBe(15))
    expect(state().log.newer.count).toBe(0)
  })
}

test('when the reader lets go, what came meanwhile is shown without a click', async () => {
  const { shown, came, settled, state } = watchedOver(runsOf(10, 1))
  await settled()
  state().hold('pointer', true)
  await came(runsOf(13, 11))

  state().hold('pointer', false)

  await eventually(() => expect(shown(0)).toBe(13))
})

test('a run that is open stays held when the newest are asked for once', async () => {
  const { shown, came, settled, state } = watchedOver(runsOf(10, 1))
  await settled()
  state().hold('opened', true)
  await came(runsOf(13, 11))
  state().showNewest()
  await eventually(() => expect(shown(0)).toBe(13))

  await came(runsOf(14, 14))

  expect([shown(0), state().log.newer.count]).toEqual([13, 1])
})

test('more newer runs than are counted at a time are said to be more', async () => {
  const { came, settled, state } = watchedOver(runsOf(10, 1))
  await settled()
  state().hold('row', true)

  await came(runsOf(1_000, 11))

  expect(state().log.newer).toEqual({ count: 200, isExact: false })
})

test('an empty log fills even under the pointer', async () => {
  const { shown, came, settled, state } = watchedOver([])
  await settled()
  state().hold('pointer', true)
  expect(isEmpty(state().log)).toBe(true)

  await came(runsOf(2, 1))

  expect(shown(0)).toBe(2)
})

test('further pages are asked for by the last run of the page before, so that newer runs shift nothing', async () => {
  const { calls, shown, came, settled, state } = watchedOver(runsOf(1_000, 1))
  await settled()
  state().showRange(150, 190)
  await came(runsOf(1_050, 1_001))

  state().showRange(PAGE_ROWS, PAGE_ROWS + 30)

  await eventually(() => expect(shown(PAGE_ROWS)).toBe(1_000 - PAGE_ROWS))
  expect(calls).toContainEqual({
    method: 'trace.find',
    args: [{ query: { before: 1_000 - PAGE_ROWS + 1, limit: PAGE_ROWS }, caller: ADMINISTRATOR_ID }],
  })
  expect(reachableRows(state().log.rows)).toBeGreaterThanOrEqual(3 * PAGE_ROWS)
})

test('another filter starts from the top, and an answer to the one before is left aside', async () => {
  const answers: (() => void)[] = []
  const fake = fakeBridge({
    'trace.find': ({ query }) =>
      new Promise((resolve) => {
        answers.push(() => resolve({ runs: [runOf({ plugin: query.plugin ?? 'any' })], hasMore: false }))
      }),
  })
  const { getState } = createTraceStore(fake.bridge, peopleOver(fake.bridge))
  getState().watch()
  getState().changeFilter({ plugin: 'chaos' })
  await eventually(() => expect(answers.length).toBeGreaterThan(0))

  for (let answered = 0; answered < answers.length; answered += 1) {
    answers[answered]?.()
    await Promise.resolve()
    await eventually(() => expect(answers.length > answered + 1 || rowAt(getState().log.rows, 0)?.plugin === 'chaos').toBe(true))
  }

  expect(rowAt(getState().log.rows, 0)?.plugin).toBe('chaos')
})

test('nobody reads the log while it is not on the screen', async () => {
  const { calls, came, settled, state } = watchedOver(runsOf(10, 1))
  await settled()
  state().leave()
  const before = calls.length

  await came(runsOf(11, 11))

  expect(calls.length).toBe(before)
})

test('a reading that fails keeps the rows and says why, and the next one takes it back', async () => {
  let fails = false
  const log = fakeTraceLog(runsOf(10, 1))
  const fake = fakeBridge({
    'trace.find': (asked) => {
      if (fails) throw new BridgeError(refusal('The file is locked.'))
      return log.find(asked)
    },
  })
  const { getState } = createTraceStore(fake.bridge, peopleOver(fake.bridge))
  getState().watch()
  await getState().follow()
  fails = true
  await getState().follow()
  expect([getState().log.error?.message, rowAt(getState().log.rows, 0)?.number]).toEqual(['The file is locked.', 10])

  fails = false
  getState().refresh()
  await getState().follow()

  expect(getState().log.error).toBeNull()
})

test('a filter becomes the query that the host understands; a record makes its table superfluous', () => {
  const record = { table: 'account', id: 'r', name: 'Meridian' }

  expect(queryOf(EVERY_RUN)).toEqual({})
  expect(queryOf({ ...EVERY_RUN, table: 'account', record, outcome: 'errors', depth: 2, search: '  closed ' })).toEqual({
    record: { table: 'account', id: 'r' },
    onlyErrors: true,
    depth: 2,
    search: 'closed',
  })
  expect(queryOf({ ...EVERY_RUN, outcome: 'refused', job: { id: 'j', name: 'Job' }, step: { number: 4, label: 's' } })).toEqual({
    outcome: 'refused',
    jobId: 'j',
    step: 4,
  })
  expect([isFiltered(EVERY_RUN), isFiltered({ ...EVERY_RUN, search: ' ' }), isFiltered({ ...EVERY_RUN, depth: 1 })]).toEqual([
    false,
    false,
    true,
  ])
})

test('plug-ins that are met in the log can be filtered by, also those that were removed since', async () => {
  const { settled, state } = watchedOver([runOf({ number: 2, plugin: 'gone' }), runOf({ plugin: 'chaos' })])

  await settled()

  expect([...state().plugins].sort()).toEqual(['chaos', 'gone'])
})
