import { expect, test, vi } from 'vitest'
import type { EnvironmentInfo } from '#engine/contract/environment'
import { createStores } from '../../../renderer/shell/create-stores.ts'
import { fakeBridge } from '../../support/fake-bridge.ts'

const info: EnvironmentInfo = { path: '/e.cascade', name: 'e', formatVersion: 1, sizeBytes: 1, tables: 0, relationships: 0, createdOnMs: 1 }

test('a file that was dropped without an environment is imported as soon as one is open', async () => {
  const { bridge, calls } = fakeBridge({
    'environment.create': () => info,
    'app.info': () => ({ version: '1', host: 'browser', recent: [], environment: info, defaultFolder: '/' }),
    'import.inspect': () => [],
  })
  const stores = createStores(bridge)
  stores.transfer.getState().wait('/tmp/solution.zip')

  await stores.environment.getState().create('/e.cascade', false)

  expect(calls).toContainEqual({ method: 'import.inspect', args: ['/tmp/solution.zip'] })
  expect(stores.view.getState().location).toEqual({ screen: 'import' })
  await vi.waitFor(() => expect(stores.transfer.getState().flow).toMatchObject({ step: 'choosing', path: '/tmp/solution.zip' }))
})
