import { expect, test } from 'vitest'
import { contentHashOf } from '#engine/store/content-hash'
import { administratorOf } from '#engine/store/owners'
import {
  deletePlugin,
  pluginVersion,
  readPluginPackage,
  readPlugins,
  setAgreement,
  setPluginDeveloped,
  setPluginEnabled,
  writePlugin,
} from '#engine/store/plugins'
import { START_MS } from '../../support/engine.ts'
import { manifest, openStore, packageOf, step } from '../../support/store.ts'

const given = (more: Partial<Parameters<typeof writePlugin>[1]> = {}) => ({
  manifest: manifest(),
  pluginPackage: packageOf({ 'index.js': 'export default {}' }),
  isEnabled: false,
  isDeveloped: false,
  agreement: null,
  nowMs: START_MS,
  ...more,
})

test('an installed plug-in is read as it was written, its package too [PI1]', () => {
  const { connection } = openStore()
  const pluginPackage = packageOf(
    { 'src/index.ts': 'import "./rules.ts"', 'src/rules.ts': 'export const größe = 1', 'README.md': '# Watch' },
    { source: '/plug-ins/watch', origin: '/plug-ins/watch', configuration: '{"limit":5}' },
  )
  const steps = [
    step({ filteringAttributes: ['ownerid'], preImage: ['name'], rank: -3, runAs: { id: administratorOf(connection).id, name: 'admin' } }),
    step({ ordinal: 1, message: 'cascadeAsync_SuccessAPI', table: null, stage: 'PostOperation', mode: 'Async' }),
    step({ ordinal: 2, stage: 'PostOperation', preImage: true, postImage: [] }),
  ]

  const number = writePlugin(
    connection,
    given({
      manifest: manifest({ permissions: ['env', 'fs:read'], steps }),
      pluginPackage,
      isEnabled: true,
      isDeveloped: true,
      agreement: 'abc',
    }),
  )

  expect(readPlugins(connection)).toEqual([
    {
      number,
      name: 'watch',
      version: '1.0.0',
      apiVersion: 1,
      isEnabled: true,
      isDeveloped: true,
      permissions: ['env', 'fs:read'],
      configuration: '{"limit":5}',
      source: '/plug-ins/watch',
      origin: '/plug-ins/watch',
      entry: 'src/index.ts',
      contentHash: contentHashOf(pluginPackage),
      agreement: 'abc',
      installedOnMs: START_MS,
      updatedOnMs: START_MS,
      steps: steps.map((given, at) => ({ ...given, number: at + 1, plugin: 'watch' })),
      registration: expect.any(String),
      files: pluginPackage.files.map(({ path, sha256, content }) => ({ path, sha256, characters: content.length })),
    },
  ])
  expect(readPluginPackage(connection, number)).toEqual(pluginPackage)
})

test('plug-ins come by name, each with its own steps and files', () => {
  const { connection } = openStore()
  for (const name of ['zebra', 'ape', 'lion'])
    writePlugin(
      connection,
      given({ manifest: manifest({ name, steps: [step({ table: name })] }), pluginPackage: packageOf({ [name]: '' }) }),
    )

  const found = readPlugins(connection).map(({ name, steps, files }) => [
    name,
    steps.map(({ table }) => table),
    files.map(({ path }) => path),
  ])

  expect(found).toEqual([
    ['ape', ['ape'], ['ape']],
    ['lion', ['lion'], ['lion']],
    ['zebra', ['zebra'], ['zebra']],
  ])
})

test('another version takes the place of the installed one and brings new steps; the old ones stay for the trace log [PI2]', () => {
  const { connection } = openStore()
  const first = writePlugin(connection, given({ manifest: manifest({ steps: [step(), step({ ordinal: 1 })] }) }))

  const second = writePlugin(
    connection,
    given({ manifest: manifest({ version: '2.0.0' }), pluginPackage: packageOf({ 'other.js': '' }), nowMs: START_MS + 5 }),
  )

  expect(second).toBe(first)
  expect(readPlugins(connection)).toMatchObject([
    { version: '2.0.0', installedOnMs: START_MS, updatedOnMs: START_MS + 5, steps: [{ number: 3 }], files: [{ path: 'other.js' }] },
  ])
  expect(connection.db.prepare('SELECT number, plugin, plugin_version FROM _step ORDER BY number').raw().all()).toEqual([
    [1, null, '1.0.0'],
    [2, null, '1.0.0'],
    [3, first, '2.0.0'],
  ])
})

test('a removed plug-in leaves its steps behind and nothing else [PI2]', () => {
  const { connection } = openStore()
  const number = writePlugin(connection, given())

  deletePlugin(connection, number)

  expect(readPlugins(connection)).toEqual([])
  expect(connection.db.prepare('SELECT count(*) FROM _plugin_file').pluck().get()).toBe(0)
  expect(connection.db.prepare('SELECT plugin, plugin_name FROM _step').raw().all()).toEqual([[null, 'watch']])
})

test('each change raises the version and the mark that others look at, and keeps prepared statements', () => {
  const { connection } = openStore()
  const number = writePlugin(connection, given())
  const statement = connection.statement('SELECT 1')
  const changes = [
    () => setPluginEnabled(connection, number, true),
    () => setPluginDeveloped(connection, number, true),
    () => setAgreement(connection, number, 'abc'),
    () => void writePlugin(connection, given()),
    () => deletePlugin(connection, number),
  ]

  for (const change of changes) {
    const before = { version: pluginVersion(connection), mark: connection.metadataMark() }
    change()
    expect(pluginVersion(connection)).toBe(before.version + 1)
    expect(connection.metadataMark()).not.toBe(before.mark)
  }
  expect(connection.statement('SELECT 1')).toBe(statement)
})

test('flags and the agreement are what was set last', () => {
  const { connection } = openStore()
  const number = writePlugin(connection, given())

  setPluginEnabled(connection, number, true)
  setPluginDeveloped(connection, number, true)
  setAgreement(connection, number, 'abc')

  expect(readPlugins(connection)).toMatchObject([{ isEnabled: true, isDeveloped: true, agreement: 'abc', steps: [{ number: 1 }] }])
})

test('a file that was changed by other means shows in its hash and in the content hash [PI5]', () => {
  const { connection } = openStore()
  writePlugin(connection, given())
  const before = readPlugins(connection)[0]

  connection.db.prepare('UPDATE _plugin_file SET content = content || ?').run(' ')

  const after = readPlugins(connection)[0]
  expect(after?.files[0]?.sha256).not.toBe(before?.files[0]?.sha256)
  expect(after?.contentHash).not.toBe(before?.contentHash)
})

test('the content hash tells apart paths, contents, entry and configuration, and not the order of files [PI5]', () => {
  const files = { a: '1', b: '2' }
  const packages = [
    packageOf(files),
    packageOf({ a: '12', b: '' }),
    packageOf({ ab: '1', '': '2' }),
    packageOf(files, { entry: 'b' }),
    packageOf(files, { configuration: ' ' }),
  ]

  expect(new Set(packages.map(contentHashOf)).size).toBe(packages.length)
  expect(contentHashOf(packageOf({ b: '2', a: '1' }, { entry: 'a' }))).toBe(contentHashOf(packageOf(files)))
})
