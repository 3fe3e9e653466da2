import { expect, test, vi } from 'vitest'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { createEnvironmentStore } from '../../../renderer/frame/stores/environment.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'

test('a host that did not answer in time is asked again until it does', async () => {
  vi.useFakeTimers()
  let reachable = false
  const { bridge } = fakeBridge({
    'app.info': () => {
      if (!reachable) throw new BridgeError({ ...refusal('It cannot be reached.'), code: 'HOST_LOST' })
      return { version: '1', host: 'browser', recent: [], environment: null, defaultFolder: '/' }
    },
  })
  const environment = createEnvironmentStore(bridge)

  await environment.getState().start()
  expect(environment.getState().status).toBe('failed')
  await vi.advanceTimersByTimeAsync(1_500)
  expect(environment.getState().status).toBe('failed')
  reachable = true
  await vi.advanceTimersByTimeAsync(1_500)

  expect(environment.getState()).toMatchObject({ status: 'none', error: null })
  vi.useRealTimers()
})

test('jobs of somebody else’s file continue by one action, and the banner has nothing left to say [AT5]', async () => {
  const info = {
    path: '/e.cascade',
    name: 'e',
    formatVersion: 5,
    sizeBytes: 1,
    tables: 3,
    relationships: 0,
    createdOnMs: 1,
    administratorId: 'admin-id',
    heldJobs: 2,
    notices: [],
  }
  const { bridge } = fakeBridge({ 'jobs.continue': () => ({ ...info, heldJobs: 0 }) })
  const environment = createEnvironmentStore(bridge)
  environment.setState({ status: 'open', info })

  await environment.getState().continueJobs()

  expect(environment.getState().info?.heldJobs).toBe(0)
})
