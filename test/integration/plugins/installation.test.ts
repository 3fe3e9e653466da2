import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { organizationService } from '#engine/api/organization-service'
import { pluginMethods } from '#engine/api/plugins'
import type { EngineOptions } from '#engine/contract/engine'
import { bind } from '#engine/contract/method'
import { Pipeline } from '#engine/pipeline/pipeline'
import { Session } from '#engine/session/session'
import { openFile } from '#engine/store/file'
import { countedIds, refusalOf, START_MS } from '../../support/engine.ts'
import { entryText, FakeRuntime } from '../../support/fake-runtime.ts'
import { openStore, packageOf } from '../../support/store.ts'

const methodsOf = (session: Session) => bind(pluginMethods, () => ({ session, pipeline: new Pipeline(session, organizationService) }))

const KEY = 'k'.repeat(64)
const text = (given?: Record<string, unknown>) => packageOf({ 'index.js': entryText(given) })
const NETWORK = { permissions: ['network'] }

/** The verbs of plug-ins on a file; `at` opens the same file as another user of it would. */
function openVerbs(given: Partial<EngineOptions> = { agreementKey: KEY }) {
  const { connection, path } = openStore()
  const runtime = new FakeRuntime()
  let nowMs = START_MS
  const options = { path, now: () => nowMs, newId: countedIds(), mode: 'open' as const, plugins: runtime }
  const verbs = methodsOf(new Session(connection, { ...options, ...given }))
  const at = (other: Partial<EngineOptions>) => {
    const opened = openFile(path)
    onTestFinished(() => opened.close())
    return methodsOf(new Session(opened, { ...options, ...other }))
  }
  return { verbs, runtime, connection, path, at, later: (ms: number) => (nowMs += ms) }
}

/** As somebody with another program does. */
function edit(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(sql)
  db.close()
}

test('a check says what would be installed, and installs nothing [PI4]', () => {
  const { verbs, runtime } = openVerbs()
  const pluginPackage = packageOf({ 'index.js': entryText(NETWORK), 'README.md': '# Watch' }, { source: '/plug-ins/watch' })

  const check = verbs.checkPlugin(pluginPackage)

  expect(check).toMatchObject({
    manifest: { name: 'watch', version: '1.0.0', permissions: ['network'], steps: [{ message: 'Update' }] },
    files: [{ path: 'README.md', characters: 7 }, { path: 'index.js' }],
    source: '/plug-ins/watch',
    replaces: null,
  })
  expect(check.contentHash).toMatch(/^[0-9a-f]{64}$/)
  expect(verbs.findPlugins()).toEqual([])
  expect(runtime.open).toBe(0)
})

test('a module is evaluated without permissions as long as nobody has agreed to any, and is let go of [PI8]', () => {
  const { verbs, runtime } = openVerbs()

  verbs.checkPlugin(text(NETWORK))
  verbs.installPlugin(text(NETWORK), { isEnabled: false })

  expect(runtime.loaded).toEqual([
    { entry: 'index.js', permissions: [] },
    { entry: 'index.js', permissions: [] },
  ])
  expect(runtime.open).toBe(0)
})

test('an installed plug-in is kept whole and can be had again [PI1]', () => {
  const { verbs, at } = openVerbs()
  const pluginPackage = packageOf(
    { 'index.js': entryText(), 'rules.js': 'export {}' },
    { source: '/plug-ins/watch', origin: '/plug-ins/watch', configuration: 'strict' },
  )
  const { contentHash } = verbs.checkPlugin(pluginPackage)

  const installed = verbs.installPlugin(pluginPackage, { isEnabled: true, agreedTo: contentHash })

  expect(installed).toMatchObject({
    name: 'watch',
    status: 'Enabled',
    configuration: 'strict',
    origin: '/plug-ins/watch',
    isDeveloped: false,
    contentHash,
    steps: [{ number: 1, plugin: 'watch', ordinal: 0 }],
    installedOnMs: START_MS,
    updatedOnMs: START_MS,
  })
  const elsewhere = at({ agreementKey: KEY })
  expect(elsewhere.findPlugins()).toEqual([installed])
  expect(elsewhere.pluginPackage('watch')).toEqual(pluginPackage)
})

const refused: [what: string, text: string, details: object][] = [
  ['a module that is none', 'export default', { file: 'index.js', line: 1, column: 1 }],
  [
    'an unknown message',
    entryText({ steps: [{ message: 'Upsert', stage: 'PreOperation', handler: true }] }),
    { field: 'steps[0].message' },
  ],
  [
    'an unknown user',
    entryText({ steps: [{ message: 'Create', stage: 'PreOperation', runAs: 'crew', handler: true }] }),
    { field: 'steps[0].runAs' },
  ],
]
for (const [what, content, details] of refused)
  test(`${what} is refused, by a check and by installing, and nothing changes [PI3, PI4]`, () => {
    const { verbs, runtime } = openVerbs({})
    verbs.installPlugin(text(), { isEnabled: true })
    const before = verbs.findPlugins()
    const pluginPackage = packageOf({ 'index.js': content })

    for (const attempt of [
      () => verbs.checkPlugin(pluginPackage),
      () => verbs.installPlugin(pluginPackage, { isEnabled: true, replace: true }),
    ])
      expect(refusalOf(attempt)).toMatchObject({ code: 'PLUGIN_INVALID', details })

    expect(verbs.findPlugins()).toEqual(before)
    expect(runtime.open).toBe(0)
  })

test('a package with a file twice, or without its entry, is refused [PI3]', () => {
  const { verbs } = openVerbs()
  const [file] = text().files
  if (!file) throw new Error('The package is empty')

  expect(refusalOf(() => verbs.checkPlugin({ ...text(), files: [file, file] }))).toMatchObject({
    code: 'PLUGIN_INVALID',
    details: { file: 'index.js' },
  })
  expect(refusalOf(() => verbs.checkPlugin({ ...text(), entry: 'other.js' }))).toMatchObject({
    code: 'PLUGIN_INVALID',
    details: { file: 'other.js' },
  })
})

test('where nothing runs plug-ins, none is installed, and what is installed can still be looked at and switched off', () => {
  const { verbs, path } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true })
  const opened = openFile(path)
  onTestFinished(() => opened.close())
  const elsewhere = methodsOf(new Session(opened, { path, now: () => START_MS, newId: countedIds(), mode: 'open' }))

  expect(refusalOf(() => elsewhere.installPlugin(text({ name: 'other' }), { isEnabled: true }))).toMatchObject({ code: 'NOT_SUPPORTED' })
  expect(elsewhere.disablePlugin('watch').status).toBe('Disabled')
})

test('a name that is taken is refused with what to do, and nothing changes [PI4]', () => {
  const { verbs } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true })
  const before = verbs.findPlugins()

  expect(refusalOf(() => verbs.installPlugin(text({ version: '2.0.0' }), { isEnabled: true }))).toEqual({
    code: 'PLUGIN_INVALID',
    platformCode: null,
    details: { field: 'name', file: 'index.js', line: null, plugin: 'watch' },
  })

  expect(verbs.findPlugins()).toEqual(before)
  expect(verbs.checkPlugin(text({ version: '2.0.0' })).replaces).toEqual(before[0])
})

test('another version takes the place of the installed one; replacing what is not installed installs it [PI2]', () => {
  const { verbs, later } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true, replace: true })
  later(1_000)

  verbs.installPlugin(text({ version: '2.0.0' }), { isEnabled: true, replace: true })

  expect(verbs.findPlugins()).toMatchObject([
    { name: 'watch', version: '2.0.0', installedOnMs: START_MS, updatedOnMs: START_MS + 1_000, steps: [{ number: 2 }] },
  ])
})

test('a removed plug-in is gone; what is not installed cannot be asked for, and similar names are offered [PI2]', () => {
  const { verbs } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true })

  for (const action of [verbs.enablePlugin, verbs.disablePlugin, verbs.removePlugin, verbs.pluginPackage])
    expect(refusalOf(() => action('wacht'))).toMatchObject({ code: 'INPUT_INVALID', details: { plugin: 'wacht', installed: ['watch'] } })
  expect(() => verbs.removePlugin('wacht')).toThrow('Did you mean "watch"?')
  verbs.removePlugin('watch')

  expect(verbs.findPlugins()).toEqual([])
})

test('a plug-in is enabled only by who agrees to its very files and permissions [PI8]', () => {
  const { verbs } = openVerbs()
  const { contentHash } = verbs.checkPlugin(text(NETWORK))
  const details = { plugin: 'watch', permissions: ['network'], contentHash }

  for (const agreedTo of [{}, { agreedTo: 'something else' }])
    expect(refusalOf(() => verbs.installPlugin(text(NETWORK), { isEnabled: true, ...agreedTo }))).toEqual({
      code: 'PLUGIN_NOT_AGREED',
      platformCode: null,
      details,
    })
  expect(verbs.findPlugins()).toEqual([])

  expect(verbs.installPlugin(text(NETWORK), { isEnabled: false }).status).toBe('Disabled')
  expect(refusalOf(() => verbs.enablePlugin('watch'))).toMatchObject({ code: 'PLUGIN_NOT_AGREED', details })
  expect(refusalOf(() => verbs.enablePlugin('watch', 'f'.repeat(64)))).toMatchObject({ code: 'PLUGIN_NOT_AGREED', details })
  expect(verbs.findPlugins()[0]?.status).toBe('Disabled')
  expect(verbs.enablePlugin('watch', contentHash).status).toBe('Enabled')
})

test('who has agreed once is not asked again after switching off and on, or for the same files installed anew [PI8]', () => {
  const { verbs } = openVerbs()
  const { contentHash } = verbs.checkPlugin(text(NETWORK))
  verbs.installPlugin(text(NETWORK), { isEnabled: true, agreedTo: contentHash })

  expect(verbs.disablePlugin('watch').status).toBe('Disabled')
  expect(verbs.enablePlugin('watch').status).toBe('Enabled')
  expect(verbs.installPlugin(text(NETWORK), { isEnabled: true, replace: true }).status).toBe('Enabled')
})

test('who agreed while installing it disabled can enable it later [PI8]', () => {
  const { verbs } = openVerbs()
  const { contentHash } = verbs.checkPlugin(text())

  verbs.installPlugin(text(), { isEnabled: false, agreedTo: contentHash })

  expect(verbs.enablePlugin('watch').status).toBe('Enabled')
})

test('a changed plug-in needs another agreement, also for the same permissions [PI8]', () => {
  const { verbs } = openVerbs()
  verbs.installPlugin(text(), { isEnabled: true, agreedTo: verbs.checkPlugin(text()).contentHash })
  const changed = text({ version: '1.0.1' })

  expect(refusalOf(() => verbs.installPlugin(changed, { isEnabled: true, replace: true }))).toMatchObject({ code: 'PLUGIN_NOT_AGREED' })

  expect(verbs.findPlugins()).toMatchObject([{ version: '1.0.0', status: 'Enabled' }])
})

test('another configuration needs another agreement [PI5]', () => {
  const { verbs } = openVerbs()
  verbs.installPlugin(text(), { isEnabled: true, agreedTo: verbs.checkPlugin(text()).contentHash })

  expect(
    refusalOf(() => verbs.installPlugin({ ...text(), configuration: 'send everything' }, { isEnabled: true, replace: true })),
  ).toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
})

test('an environment from somebody else waits for agreement, which then is this user’s [PI5]', () => {
  const { verbs, at } = openVerbs({ agreementKey: 'of another computer' })
  const { contentHash } = verbs.checkPlugin(text(NETWORK))
  verbs.installPlugin(text(NETWORK), { isEnabled: true, agreedTo: contentHash })

  const mine = at({ agreementKey: KEY })
  expect(mine.findPlugins()).toMatchObject([{ status: 'Waiting for agreement', permissions: ['network'], contentHash }])
  expect(mine.enablePlugin('watch', contentHash).status).toBe('Enabled')

  expect(verbs.findPlugins()[0]?.status).toBe('Waiting for agreement')
})

test('what was installed where nobody is asked waits for agreement where somebody is [PI5, PI6]', () => {
  const { verbs, at } = openVerbs({})

  expect(verbs.installPlugin(text(NETWORK), { isEnabled: true }).status).toBe('Enabled')

  expect(at({ agreementKey: KEY }).findPlugins()[0]?.status).toBe('Waiting for agreement')
})

const edits: [what: string, sql: string][] = [
  ['a file', `UPDATE _plugin_file SET content = content || ' '`],
  ['a file more', `INSERT INTO _plugin_file VALUES (1, 'more.js', '')`],
  ['the permissions', `UPDATE _plugin SET permissions = '["network","fs:write"]'`],
  ['the configuration', `UPDATE _plugin SET configuration = 'x'`],
  ['the folder that is followed', `UPDATE _plugin SET is_developed = 1, origin = '/elsewhere'`],
  ['the agreement', `UPDATE _plugin SET agreement = content FROM (SELECT 'abc' AS content)`],
]
for (const [what, sql] of edits)
  test(`whoever edits ${what} in the file with another program is found out [PI5]`, () => {
    const { verbs, path } = openVerbs()
    const { contentHash } = verbs.checkPlugin(text(NETWORK))
    verbs.installPlugin(text(NETWORK), { isEnabled: true, agreedTo: contentHash })

    edit(path, sql)

    expect(verbs.findPlugins()).toMatchObject([{ status: 'Waiting for agreement' }])
    const [{ contentHash: now } = { contentHash: '' }] = verbs.findPlugins()
    expect(verbs.enablePlugin('watch', now).status).toBe('Enabled')
  })

/** A plug-in that is followed: what changes in its folder is installed again without asking. */
function openDeveloped(given: Record<string, unknown> = NETWORK) {
  const lab = openVerbs()
  const packaged = (more: Record<string, unknown>) => ({ ...text({ ...given, ...more }), origin: '/plug-ins/watch' })
  const first = packaged({})
  const { contentHash } = lab.verbs.checkPlugin(first)
  lab.verbs.installPlugin(first, { isEnabled: true, agreedTo: contentHash, isDeveloped: true })
  const follow = (more: Record<string, unknown>, origin = '/plug-ins/watch') =>
    lab.verbs.installPlugin({ ...packaged(more), origin }, { isEnabled: true, replace: true, isDeveloped: true })
  return { ...lab, follow }
}

test('a developed plug-in takes over changes of its folder without asking, also with fewer permissions [PI7]', () => {
  const { verbs, follow } = openDeveloped()

  expect(follow({ version: '1.0.1' })).toMatchObject({ version: '1.0.1', status: 'Enabled', isDeveloped: true })
  expect(follow({ version: '1.0.2', permissions: [] })).toMatchObject({ permissions: [], status: 'Enabled' })
  expect(verbs.findPlugins()).toHaveLength(1)
})

test('a developed plug-in that asks for more, or comes from another folder, needs agreement, and nothing changes [PI7]', () => {
  const { verbs, follow } = openDeveloped()
  const before = verbs.findPlugins()

  expect(refusalOf(() => follow({ permissions: ['network', 'env'] }))).toMatchObject({
    code: 'PLUGIN_NOT_AGREED',
    details: { permissions: ['network', 'env'] },
  })
  expect(refusalOf(() => follow({ version: '1.0.1' }, '/elsewhere'))).toMatchObject({ code: 'PLUGIN_NOT_AGREED' })

  expect(verbs.findPlugins()).toEqual(before)
})

test('a plug-in is followed once somebody says so, and not any more when that is taken back [PI7]', () => {
  const { verbs, follow } = openDeveloped()

  expect(verbs.developPlugin('watch', false)).toMatchObject({ isDeveloped: false, status: 'Enabled' })
  expect(refusalOf(() => follow({ version: '1.0.1' }))).toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
  expect(verbs.developPlugin('watch', true)).toMatchObject({ isDeveloped: true, status: 'Enabled' })
  expect(follow({ version: '1.0.1' })).toMatchObject({ version: '1.0.1', status: 'Enabled' })
})

test('following a plug-in that nobody agreed to is no agreement [PI7, PI8]', () => {
  const { verbs } = openVerbs()
  verbs.installPlugin({ ...text(), origin: '/plug-ins/watch' }, { isEnabled: false })

  verbs.developPlugin('watch', true)

  expect(refusalOf(() => verbs.enablePlugin('watch'))).toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
})

test('what cannot be read again cannot be followed', () => {
  const { verbs } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true })

  expect(refusalOf(() => verbs.developPlugin('watch', true))).toMatchObject({ code: 'INPUT_INVALID', details: { plugin: 'watch' } })
})

test('an installation that cannot be written leaves nothing behind [PI4]', () => {
  const { verbs, path } = openVerbs({})
  verbs.installPlugin(text(), { isEnabled: true })
  const before = verbs.findPlugins()
  edit(path, `CREATE TRIGGER full BEFORE INSERT ON _step BEGIN SELECT raise(ABORT, 'no'); END`)

  expect(() => verbs.installPlugin(text({ version: '2.0.0' }), { isEnabled: true, replace: true })).toThrow('no')

  expect(verbs.findPlugins()).toEqual(before)
})
