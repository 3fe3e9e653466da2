import { expect, test } from 'vitest'
import type { EnvironmentInfo } from '#engine/contract/environment'
import { transferStore } from '../../../renderer/features/transfer/stores/transfer.ts'
import { environmentStore } from '../../../renderer/frame/stores/environment.ts'
import { viewStore } from '../../../renderer/frame/stores/view.ts'
import { FEATURES } from '../../../renderer/shell/features.ts'
import { openApp } from '../../../renderer/shell/open-app.ts'
import { eventually } from '../../support/eventually.ts'
import { chosen, fakeBridge } from '../../support/fake-bridge.ts'
import { memoryHistory } from '../../support/memory-history.ts'

const info: EnvironmentInfo = {
  path: '/e.cascade',
  name: 'e',
  formatVersion: 1,
  sizeBytes: 1,
  tables: 0,
  relationships: 0,
  createdOnMs: 1,
  administratorId: 'admin-id',
  heldJobs: 0,
  notices: [],
}

test('a file that was dropped without an environment is imported as soon as one is open', async () => {
  const { bridge, calls } = fakeBridge({
    'environment.create': () => info,
    'app.info': () => ({ version: '1', host: 'browser', recent: [], environment: info, defaultFolder: '/' }),
    'import.inspect': () => [],
  })
  const stores = openApp(bridge, memoryHistory(), FEATURES)
  stores.get(transferStore).getState().wait(chosen('solution.zip'))

  await stores.get(environmentStore).getState().create({ name: 'e' }, false)

  expect(calls).toContainEqual({ method: 'import.inspect', args: ['token of solution.zip'] })
  expect(stores.get(viewStore).getState().location).toEqual({ screen: 'import' })
  await eventually(() =>
    expect(stores.get(transferStore).getState().flow).toMatchObject({ step: 'choosing', file: chosen('solution.zip') }),
  )
})
