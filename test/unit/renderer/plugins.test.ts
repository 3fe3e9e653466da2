import { expect, test } from 'vitest'
import { BridgeError } from '../../../renderer/frame/bridge.ts'
import { activityStore } from '../../../renderer/frame/stores/activity.ts'
import { pluginsStore } from '../../../renderer/frame/stores/plugins.ts'
import { frameText } from '../../../renderer/frame/texts.ts'
import { FEATURES } from '../../../renderer/shell/features.ts'
import { openApp } from '../../../renderer/shell/open-app.ts'
import { eventually } from '../../support/eventually.ts'
import { fakeBridge, refusal } from '../../support/fake-bridge.ts'
import { memoryHistory } from '../../support/memory-history.ts'
import { pluginOf } from '../../support/plugins.ts'

function storesOver(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge({ 'plugins.find': () => [pluginOf()], ...answers })
  const stores = openApp(fake.bridge, memoryHistory(), FEATURES)
  return { ...fake, plugins: stores.get(pluginsStore), stores }
}
const refuse = (code: string) => {
  throw new BridgeError({ ...refusal('no'), code })
}

test('plug-ins are listed by name, and again after each change', async () => {
  const answers = [[pluginOf({ name: 'b' }), pluginOf({ name: 'a' })], [pluginOf({ name: 'c' })]]
  const { plugins, announce } = storesOver({ 'plugins.find': () => answers.shift() ?? [] })

  await plugins.getState().load()
  expect(plugins.getState().plugins?.map(({ name }) => name)).toEqual(['a', 'b'])
  announce('plugins', null)

  await eventually(() => expect(plugins.getState().plugins?.map(({ name }) => name)).toEqual(['c']))
})

test('enabling what nobody here agreed to leads to the agreement, and agreeing enables it', async () => {
  const { plugins, calls } = storesOver({
    'plugins.enable': ({ agreedTo }) => (agreedTo === null ? refuse('PLUGIN_NOT_AGREED') : pluginOf()),
  })
  await plugins.getState().load()

  expect(await plugins.getState().enablePlugin('owner-audit')).toBe('agreement')
  expect(plugins.getState().refused).toBeNull()
  expect(await plugins.getState().enablePlugin('owner-audit', 'a'.repeat(64))).toBe(true)

  expect(calls.at(-1)).toEqual({ method: 'plugins.enable', args: [{ name: 'owner-audit', agreedTo: 'a'.repeat(64) }] })
})

test('an agreement that is refused is shown, and asks for no other', async () => {
  const { plugins } = storesOver({ 'plugins.enable': () => refuse('PLUGIN_NOT_AGREED') })

  expect(await plugins.getState().enablePlugin('owner-audit', 'a'.repeat(64))).toBe(false)
  expect(plugins.getState().refused).toMatchObject({ plugin: 'owner-audit', action: 'enable', error: { code: 'PLUGIN_NOT_AGREED' } })
})

test('a refused action leaves the list as it is and says why', async () => {
  const { plugins } = storesOver({ 'plugins.remove': () => refuse('STORE_BUSY') })
  await plugins.getState().load()

  expect(await plugins.getState().removePlugin('owner-audit')).toBe(false)

  expect(plugins.getState().plugins).toEqual([pluginOf()])
  expect(plugins.getState().refused).toMatchObject({ action: 'remove', error: { code: 'STORE_BUSY' } })
  expect(plugins.getState().changing.size).toBe(0)
})

test('a removed plug-in leaves the list at once', async () => {
  const { plugins } = storesOver({ 'plugins.remove': () => undefined })
  await plugins.getState().load()

  await plugins.getState().removePlugin('owner-audit')

  expect(plugins.getState().plugins).toEqual([])
})

test('a reloaded plug-in is announced, with the place where it does not fit', () => {
  const { announce, stores } = storesOver({})

  announce('pluginReloaded', { name: 'owner-audit', error: { ...refusal('Unknown stage'), details: { file: 'index.ts', line: 7 } } })
  announce('pluginReloaded', { name: 'other', error: null })

  expect(stores.get(activityStore).getState().notices).toMatchObject([
    { error: { message: 'Unknown stage', details: { file: 'index.ts', line: 7 } } },
    { title: frameText.reloaded({ plugin: 'other' }), error: null },
  ])
})

test('of a plug-in that is saved many times only the newest version is spoken of', () => {
  const { announce, stores } = storesOver({})

  for (const message of ['first', 'second']) announce('pluginReloaded', { name: 'owner-audit', error: refusal(message) })
  expect(stores.get(activityStore).getState().notices).toMatchObject([{ error: { message: 'second' } }])
  announce('pluginReloaded', { name: 'owner-audit', error: null })

  expect(stores.get(activityStore).getState().notices).toMatchObject([{ error: null }])
  expect(stores.get(activityStore).getState().lastError).toBeNull()
})
