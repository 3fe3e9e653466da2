import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EnvironmentInfo } from '#engine/contract/environment'
import type { PluginCheck } from '#engine/contract/plugins'
import { createPluginInstallStore, pluginIn, pluginInstallStore } from '../../../renderer/features/plugins/stores/plugin-install.ts'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { environmentStore } from '../../../renderer/frame/stores/environment.ts'
import { viewStore } from '../../../renderer/frame/stores/view.ts'
import { FEATURES } from '../../../renderer/shell/features.ts'
import { openApp } from '../../../renderer/shell/open-app.ts'
import { eventually } from '../../support/eventually.ts'
import { chosen, fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { memoryHistory } from '../../support/memory-history.ts'
import { checkOf, pluginOf } from '../../support/plugins.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function storeOver(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge({ 'plugins.check': () => checkOf(), 'plugins.install': () => pluginOf(), ...answers })
  return { ...fake, install: createPluginInstallStore(fake.bridge) }
}
const AUDIT = pluginIn(chosen('audit'))
const installs = (calls: { method: string; args: unknown[] }[]) =>
  calls.filter(({ method }) => method === 'plugins.install').map(({ args }) => args[0])

test('what is installed is exactly what was shown', async () => {
  const { install, calls } = storeOver({})

  await install.getState().begin(AUDIT, 'x')
  expect(await install.getState().install(true)).toBe(true)

  expect(installs(calls)).toEqual([
    { source: AUDIT.source, configuration: 'x', agreedTo: 'b'.repeat(64), replace: false, isDeveloped: false },
  ])
  expect(install.getState().step).toBe('idle')
})

test('installed disabled, nothing is agreed to', async () => {
  const { install, calls } = storeOver({})

  await install.getState().begin(AUDIT)
  await install.getState().install(false)

  expect(installs(calls)).toMatchObject([{ agreedTo: null }])
})

test('an update takes the place of the version before, and goes on with its configuration and its development', async () => {
  const replaces = pluginOf({ configuration: 'rate: 1', isDeveloped: true })
  const { install, calls } = storeOver({ 'plugins.check': () => checkOf({ replaces }) })

  await install.getState().begin(AUDIT)
  await install.getState().install(true)

  expect(installs(calls)).toMatchObject([{ replace: true, configuration: 'rate: 1', isDeveloped: true }])
})

test('what is typed in is checked once, when the typing pauses, and nothing can be installed meanwhile', async () => {
  const { install, calls } = storeOver({})
  await install.getState().begin(AUDIT)

  for (const text of ['r', 'ra', 'rate: 1']) install.getState().configure(text)
  expect(await install.getState().install(true)).toBe(false)
  await vi.advanceTimersByTimeAsync(250)

  expect(calls.filter(({ method }) => method === 'plugins.check').map(({ args }) => args[0])).toEqual([
    { source: AUDIT.source, configuration: '' },
    { source: AUDIT.source, configuration: 'rate: 1' },
  ])
  expect(install.getState().step).toBe('asking')
})

test('an answer to an older question changes nothing', async () => {
  const slow = Promise.withResolvers<PluginCheck>()
  const answers = [slow.promise, Promise.resolve(checkOf({ source: 'second' }))]
  const { install } = storeOver({ 'plugins.check': () => answers.shift() ?? slow.promise })

  const first = install.getState().begin(pluginIn(chosen('first')))
  await install.getState().begin(pluginIn(chosen('second')))
  slow.resolve(checkOf({ source: 'first' }))
  await first

  expect(install.getState()).toMatchObject({ step: 'asking', name: 'second', check: { source: 'second' } })
})

test('what does not fit keeps path and configuration, and can be checked again', async () => {
  let isFixed = false
  const { install } = storeOver({
    'plugins.check': () => {
      if (isFixed) return checkOf()
      throw new BridgeError({ ...refusal('No such stage'), code: 'PLUGIN_INVALID', details: { file: 'index.ts', line: 4 } })
    },
  })
  await install.getState().begin(AUDIT, 'x')
  expect(install.getState()).toMatchObject({
    step: 'refused',
    source: AUDIT.source,
    configuration: 'x',
    check: null,
    error: { details: { file: 'index.ts', line: 4 } },
  })
  isFixed = true

  await install.getState().checkAgain()

  expect(install.getState()).toMatchObject({ step: 'asking', error: null })
})

test('a refused installation leaves the question open and says why', async () => {
  const { install } = storeOver({
    'plugins.install': () => {
      throw new BridgeError({ ...refusal('Its files changed meanwhile'), code: 'PLUGIN_NOT_AGREED' })
    },
  })
  await install.getState().begin(AUDIT)

  expect(await install.getState().install(true)).toBe(false)

  expect(install.getState()).toMatchObject({ step: 'asking', error: { code: 'PLUGIN_NOT_AGREED' } })
})

test('files that cannot be brought to the host are refused by name', async () => {
  const { install, bridge } = storeOver({})
  bridge.fileOf = () => Promise.reject(new Error('The folder holds no files.'))

  expect(await install.getState().receive('audit', [])).toBeNull()

  expect(install.getState()).toMatchObject({ step: 'refused', source: null, name: 'audit' })
})

test('closing the question forgets what is still being checked', async () => {
  const slow = Promise.withResolvers<PluginCheck>()
  const { install } = storeOver({ 'plugins.check': () => slow.promise })
  const begun = install.getState().begin(AUDIT)

  install.getState().leave()
  slow.resolve(checkOf())
  await begun

  expect(install.getState()).toMatchObject({ step: 'idle', check: null })
})

test('a plug-in that was dropped without an environment is shown as soon as one is open', async () => {
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
  const { bridge, calls } = fakeBridge({
    'environment.create': () => info,
    'app.info': () => ({ version: '1', host: 'browser', recent: [], environment: info, defaultFolder: '/' }),
    'plugins.check': () => checkOf(),
  })
  const stores = openApp(bridge, memoryHistory(), FEATURES)
  stores
    .get(pluginInstallStore)
    .getState()
    .wait(pluginIn(chosen('audit'), true))

  await stores.get(environmentStore).getState().create({ name: 'e' }, false)
  await eventually(() => expect(stores.get(pluginInstallStore).getState().step).toBe('asking'))

  expect(calls).toContainEqual({ method: 'plugins.check', args: [{ source: AUDIT.source, configuration: '' }] })
  expect(stores.get(viewStore).getState().dialog).toEqual({ kind: 'installPlugin' })
  expect(stores.get(pluginInstallStore).getState().isUpload).toBe(true)
})
