import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PluginSource } from '#contract'
import type { AppSession } from '../../../main/session/app-session.ts'
import { openSession } from '../../../main/session/open-session.ts'
import type { PermissionQuestion } from '../../../main/session/session-plugins.ts'
import type { EventMessage } from '../../../preload/wire.ts'
import { type PluginSketch, writePlugin } from '../../support/plugin-folder.ts'

/** A worker's start and a watched folder's quiet moment take a while on a busy machine. */

let root: string
let session: AppSession
let heard: EventMessage[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'session-plugins-'))
  allows = true
  questions = []
  session = begin()
  await session.create(join(root, 'e.cascade'), { sample: false })
})
afterEach(async () => {
  await session.shutDown()
  await rm(root, { recursive: true, force: true })
})

function begin(dataFolder = 'data'): AppSession {
  const begun = openSession({ dataFolder: join(root, dataFolder), host: 'browser' })
  heard = []
  begun.subscribe((message) => heard.push(message))
  return begun
}

async function write(folder: string, sketch: PluginSketch = {}): Promise<string> {
  const path = join(root, folder)
  await writePlugin(path, { table: 'systemuser', ...sketch })
  return path
}

/** What the person answers when the host asks about permissions, and what was asked. */
let allows: boolean
let questions: PermissionQuestion[]
const host = (isUpload = false) => ({
  isUpload: () => isUpload,
  confirmPermissions: async (question: PermissionQuestion) => {
    questions.push(question)
    return allows
  },
})
const at = (path: string): PluginSource => ({ token: session.files.give(path).token })
const check = (source: PluginSource) => session.plugins.check({ source, configuration: '' })

async function install(path: string, { isUpload = false, isDeveloped = false, replace = false } = {}) {
  const { contentHash } = await check(at(path))
  return session.plugins.install({ source: at(path), configuration: '', agreedTo: contentHash, replace, isDeveloped }, host(isUpload))
}
const installed = () => session.workbench().findPlugins()
const reloads = () => heard.flatMap(({ event, data }) => (event === 'pluginReloaded' ? [data] : []))
const userFolder = () => join(root, 'data', 'plugins')

test('the examples of the product and what lies in the user’s folder can be installed', async () => {
  await write('data/plugins/mine', { name: 'mine' })

  const { plugins, folder } = await session.plugins.available()

  expect(folder).toBe(userFolder())
  expect(plugins.filter(({ isBundled }) => isBundled).length).toBeGreaterThanOrEqual(6)
  expect(plugins.filter(({ isBundled }) => !isBundled)).toMatchObject([{ name: 'mine', version: '1.0.0', path: join(folder, 'mine') }])
})

test('a check says what would be installed, and nothing changes', async () => {
  const path = await write('audit')

  const found = await check(at(path))

  expect(found).toMatchObject({
    manifest: { name: 'audit', version: '1.0.0', permissions: [], steps: [{ message: 'Update', table: 'systemuser', rank: 1 }] },
    files: [{ path: 'index.ts' }, { path: 'package.json' }],
    source: path,
    replaces: null,
  })
  expect(installed()).toEqual([])
})

test('what was agreed to runs at once, and what was not stays disabled', async () => {
  const path = await write('audit')

  const { status } = await install(path)
  const other = await session.plugins.install(
    { source: at(await write('other', { name: 'other' })), configuration: '', agreedTo: null, replace: false, isDeveloped: false },
    host(),
  )

  expect([status, other.status]).toEqual(['Enabled', 'Disabled'])
})

test('files that changed since they were shown are not agreed to', async () => {
  const path = await write('audit')
  const { contentHash } = await check(at(path))
  await write('audit', { version: '1.0.1' })

  await expect(
    session.plugins.install({ source: at(path), configuration: '', agreedTo: contentHash, replace: false, isDeveloped: false }, host()),
  ).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })

  expect(installed()).toEqual([])
})

test('an upload is kept in the user’s folder, from where it can be read again', async () => {
  const upload = await write('upload/1/Downloads')

  const plugin = await install(upload, { isUpload: true })
  await rm(join(root, 'upload'), { recursive: true })

  expect(plugin.origin).toBe(join(userFolder(), 'audit'))
  expect((await check({ plugin: 'audit' })).contentHash).toBe(plugin.contentHash)
})

test('the next upload takes the place of the copy of the one before', async () => {
  await install(await write('upload/1/audit'), { isUpload: true })

  const plugin = await install(await write('upload/2/audit', { version: '2.0.0' }), { isUpload: true, replace: true })

  expect(await readdir(userFolder())).toEqual(['audit'])
  expect(plugin).toMatchObject({ version: '2.0.0', origin: join(userFolder(), 'audit') })
})

test('a copy in which somebody worked since is left alone', async () => {
  await install(await write('upload/1/audit'), { isUpload: true })
  await writeFile(join(userFolder(), 'audit', 'index.ts'), '// my own work')

  const plugin = await install(await write('upload/2/audit', { version: '2.0.0' }), { isUpload: true, replace: true })

  expect(await readFile(join(userFolder(), 'audit', 'index.ts'), 'utf8')).toBe('// my own work')
  expect(plugin.origin).toBe(join(userFolder(), 'audit (2)'))
})

test('a plug-in under development is reloaded when its folder changes', async () => {
  await install(await write('audit'), { isDeveloped: true })

  await write('audit', { version: '1.0.1', stage: 'PostOperation' })

  await expect.poll(() => reloads().at(-1)).toEqual({ name: 'audit', error: null })
  expect(installed()).toMatchObject([{ version: '1.0.1', status: 'Enabled', isDeveloped: true, steps: [{ stage: 'PostOperation' }] }])
})

test('a changed version that does not fit is announced with its place, and the one before goes on', async () => {
  await install(await write('audit'), { isDeveloped: true })

  await write('audit', { version: '1.0.1', stage: 'Sometime' })

  // Between two writes of the file another refusal may have been announced.
  await expect
    .poll(() => reloads().at(-1))
    .toMatchObject({ name: 'audit', error: { code: 'PLUGIN_INVALID', details: { file: 'index.ts', line: 6, field: 'steps[0].stage' } } })
  expect(installed()).toMatchObject([{ version: '1.0.0', status: 'Enabled' }])
})

test('after a version that did not fit the fixed one is installed', async () => {
  await install(await write('audit'), { isDeveloped: true })
  await write('audit', { stage: 'Sometime' })
  await expect.poll(() => reloads().length).toBeGreaterThan(0)

  await write('audit', { version: '1.0.2' })

  await expect.poll(installed).toMatchObject([{ version: '1.0.2' }])
})

test('a changed version that asks for more waits for the user', async () => {
  await install(await write('audit'), { isDeveloped: true })

  await write('audit', { version: '1.0.1', permissions: ['env'] })

  await expect
    .poll(() => reloads().at(-1))
    .toMatchObject({ name: 'audit', error: { code: 'PLUGIN_NOT_AGREED', details: { permissions: ['env'] } } })
  expect(installed()).toMatchObject([{ version: '1.0.0', permissions: [], status: 'Enabled' }])
})

test('a changed version under another name is no version of it', async () => {
  await install(await write('audit'), { isDeveloped: true })

  await write('audit', { name: 'other' })

  await expect
    .poll(() => reloads().at(-1))
    .toMatchObject({ name: 'audit', error: { code: 'PLUGIN_INVALID', details: { field: 'name', now: 'other' } } })
  expect(installed().map(({ name }) => name)).toEqual(['audit'])
})

test('what changed while the environment was closed is taken over when it is opened', async () => {
  await install(await write('audit'), { isDeveloped: true })
  await session.shutDown()
  await write('audit', { version: '1.0.1' })

  session = begin()
  await session.open(join(root, 'e.cascade'))

  await expect.poll(() => installed()[0]?.version).toBe('1.0.1')
})

test('a disabled plug-in is left alone until it is enabled again', async () => {
  await install(await write('audit'), { isDeveloped: true })
  await session.workbench().disablePlugin('audit')
  await write('audit', { version: '1.0.1' })

  await session.workbench().enablePlugin('audit')

  // Enabled, it is looked at again at once; had the change been taken over before, it would have been announced twice.
  await expect.poll(() => installed()[0]?.version).toBe('1.0.1')
  // It is announced a moment after the commit that shows the version.
  await expect.poll(() => reloads().at(-1)).toEqual({ name: 'audit', error: null })
})

test('in an environment that somebody else made nothing is read or run until this user agrees', async () => {
  const { contentHash } = await install(await write('audit'), { isDeveloped: true })
  await session.shutDown()
  await write('audit', { version: '1.0.1' })

  session = begin('data of somebody else')
  await session.open(join(root, 'e.cascade'))
  expect(installed()).toMatchObject([{ version: '1.0.0', status: 'Waiting for agreement', isDeveloped: true }])
  await expect(session.workbench().enablePlugin('audit')).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
  await session.workbench().enablePlugin('audit', contentHash)

  // Agreed to, it is followed: had it been before, two changes would have been announced.
  await expect.poll(() => installed()[0]?.version).toBe('1.0.1')
  // It is announced a moment after the commit that shows the version.
  await expect.poll(() => reloads().at(-1)).toEqual({ name: 'audit', error: null })
})

test('what a plug-in asks for is confirmed by the host, and a no changes nothing', async () => {
  const path = await write('audit', { permissions: ['network', 'fs:read'] })
  allows = false

  await expect(install(path)).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED', details: { permissions: ['network', 'fs:read'] } })

  expect(questions).toMatchObject([
    { plugin: 'audit', version: '1.0.0', source: path, permissions: ['network', 'fs:read'], isDeveloped: false },
  ])
  expect(installed()).toEqual([])
})

test('the host asks again before such a plug-in is enabled or followed, and not about one that asks for nothing', async () => {
  const plugin = await install(await write('audit', { permissions: ['env'] }))
  await install(await write('plain', { name: 'plain' }), { isDeveloped: true })
  questions = []
  allows = false

  await expect(session.plugins.develop('audit', true, host())).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
  await session.workbench().disablePlugin('audit')
  await expect(session.plugins.enable('audit', plugin.contentHash, host())).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })

  expect(questions).toMatchObject([
    { plugin: 'audit', isDeveloped: true },
    { plugin: 'audit', isDeveloped: false },
  ])
  expect(installed()).toMatchObject([
    { name: 'audit', status: 'Disabled', isDeveloped: false },
    { name: 'plain', isDeveloped: true },
  ])
})

test('an upload never lands in a folder that is followed, where it would be installed without a question', async () => {
  const first = await install(await write('upload/1/audit', { permissions: ['network'] }), { isUpload: true, isDeveloped: true })
  questions = []
  allows = false

  await expect(
    install(await write('upload/2/audit', { version: '6.6.6', permissions: ['network'] }), {
      isUpload: true,
      replace: true,
      isDeveloped: true,
    }),
  ).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
  const source = at(await write('upload/3/audit', { version: '6.6.7', permissions: ['network'] }))
  const disabled = await session.plugins.install(
    { source, configuration: '', agreedTo: null, replace: true, isDeveloped: true },
    host(true),
  )

  expect(disabled.status).not.toBe('Enabled')
  expect(await readFile(join(first.origin ?? '', 'index.ts'), 'utf8')).not.toContain('6.6')
  expect(reloads()).toEqual([])
})
