import { expect, test } from 'vitest'
import type { StepJob } from '#engine/contract/jobs'
import { verbatim } from '#text/english/verbatim'
import { createStepJobsStore } from '../../../renderer/features/jobs/stores/step-jobs.ts'
import { rowAt } from '../../../renderer/frame/stores/newest-first.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge } from '../../support/fake-bridge.ts'
import { ADMINISTRATOR_ID, peopleOver } from '../../support/people-over.ts'
import { stepJobOf } from '../../support/trace-example.ts'

function watchedOver(first: StepJob[]) {
  let jobs = first
  const fake = fakeBridge({
    'jobs.find': ({ query: { before, limit, status } }) => {
      const matching = jobs.filter((job) => status === undefined || job.status === status)
      const from = before === undefined ? 0 : matching.findIndex((job) => job.id === before) + 1
      return { jobs: matching.slice(from, from + limit), total: matching.length }
    },
  })
  const store = createStepJobsStore(fake.bridge, peopleOver(fake.bridge))
  const state = store.getState
  const shown = (row: number) => rowAt(state().list.rows, row)
  const becomes = async (next: StepJob[]) => {
    jobs = next
    fake.announce('jobs', null)
    await state().follow()
  }
  state().watch()
  return { ...fake, state, shown, becomes, settled: () => state().follow() }
}

const running = stepJobOf({ id: 'a', status: 'In Progress', completedOnMs: null })
const waiting = stepJobOf({ id: 'b', status: 'Waiting' })
const failed = stepJobOf({ id: 'c', status: 'Failed', message: verbatim.text({ text: 'Gone' }) })

test('while a system event is open its row stays, takes on its new state, and newer ones are counted', async () => {
  const { shown, becomes, settled, state } = watchedOver([running, failed])
  await settled()
  state().open(running)
  state().hold('opened', true)

  await becomes([waiting, { ...running, status: 'Completed' }, failed])

  expect([shown(0)?.id, shown(0)?.status, state().list.newer.count]).toEqual(['a', 'Completed', 1])
  expect(state().opened?.status).toBe('Completed')
})

test('newer system events are shown as they come while nobody looks at one', async () => {
  const { shown, becomes, settled, state } = watchedOver([failed])
  await settled()

  await becomes([waiting, failed])

  expect([shown(0)?.id, state().total]).toEqual(['b', 2])
})

test('only failed ones are asked for as such', async () => {
  const { calls, shown, settled, state } = watchedOver([running, failed])
  await settled()

  state().showOnlyFailed(true)

  await eventually(() => expect(shown(0)?.id).toBe('c'))
  expect(state().total).toBe(1)
  expect(calls.at(-1)?.args).toEqual([{ query: { kind: 'step', status: 'Failed', limit: 200 }, caller: ADMINISTRATOR_ID }])
})
