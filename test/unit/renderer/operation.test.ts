import { expect, test } from 'vitest'
import type { Preview } from '#engine/contract/cascades'
import { canExecute, createOperationStore } from '../../../renderer/features/cascades/stores/operation.ts'
import { createActivityStore } from '../../../renderer/frame/stores/activity.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge, previewOf, refusal } from '../../support/fake-bridge.ts'
import { peopleOver } from '../../support/people-over.ts'

const request = (id: string): Preview['request'] => ({ operation: 'Delete', record: { table: 'account', id } })

function storeOver(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge({ 'cascade.discard': () => undefined, ...answers })
  const operation = createOperationStore(fake.bridge, peopleOver(fake.bridge), createActivityStore(fake.bridge))
  return { ...fake, operation }
}

test('the action is possible only with the preview for exactly the current choices', async () => {
  const first = Promise.withResolvers<Preview>()
  const second = Promise.withResolvers<Preview>()
  const answers = [first.promise, second.promise]
  const { operation, calls } = storeOver({ 'cascade.preview': () => answers.shift() ?? first.promise })

  operation.getState().choose(request('a'))
  operation.getState().choose(request('b'))
  first.resolve(previewOf(request('a'), { planId: 'old' }))
  await eventually(() => expect(calls.some(({ method }) => method === 'cascade.discard')).toBe(true))
  expect(canExecute(operation.getState())).toBe(false)
  second.resolve(previewOf(request('b'), { planId: 'new' }))
  await eventually(() => expect(operation.getState().stage).toBe('ready'))

  expect(operation.getState().preview?.planId).toBe('new')
  expect(canExecute(operation.getState())).toBe(true)
})

test.each<[string, Partial<Preview>]>([
  ['is refused', { refusal: refusal('no') }],
  ['is blocked', { blockedCount: 3 }],
  ['would change nothing', { nothingToDo: true }],
])('an operation that %s cannot be started', async (_, change) => {
  const { operation, calls } = storeOver({ 'cascade.preview': () => previewOf(request('a'), change) })
  operation.getState().choose(request('a'))
  await eventually(() => expect(operation.getState().stage).toBe('ready'))

  expect(await operation.getState().execute()).toBe(false)
  expect(calls.some(({ method }) => method === 'cascade.execute')).toBe(false)
})

test('the plan that was shown is the plan that runs, and a job is followed', async () => {
  const { operation, calls } = storeOver({
    'cascade.preview': () => previewOf(request('a'), { planId: 'shown' }),
    'cascade.execute': () => ({ outcome: 'Running', mode: 'Async', affected: 5, jobId: 'job', record: null }),
  })
  operation.getState().choose(request('a'))
  await eventually(() => expect(operation.getState().stage).toBe('ready'))

  await operation.getState().execute()

  expect(calls.find(({ method }) => method === 'cascade.execute')?.args[0]).toMatchObject({ planId: 'shown', request: request('a') })
  expect(operation.getState()).toMatchObject({ stage: 'started', outcome: { jobId: 'job' } })
})
