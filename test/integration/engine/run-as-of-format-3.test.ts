import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'
import { LiveRuntime } from '../../support/live-runtime.ts'

const FIXTURES = new URL('../../fixtures/environments/', import.meta.url)

interface Known {
  ids: Record<'account' | 'admin' | 'bob' | 'carol' | 'nora' | 'anna' | 'other', string>
  /** Whose the record was that a plug-in's step made, or the refusal. */
  createdBy: Record<string, { id: string } | { code: string }>
}

const { ids, createdBy } = JSON.parse(readFileSync(new URL('format-3-run-as.json', FIXTURES), 'utf8')) as Known

/** The plug-ins in the order in which they were installed. */
const PLUGINS = ['caller', 'by name', 'by id', 'shared', 'gone']

/** Opens the file as its version left it, with users renamed since if asked for. */
function openFixture() {
  const path = join(temporaryFolder(), 'run-as.cascade')
  writeFileSync(path, gunzipSync(readFileSync(new URL('format-3-run-as.cascade.gz', FIXTURES))))
  const plugins = new LiveRuntime()
  for (const name of PLUGINS)
    plugins.package({
      name,
      steps: [
        { message: 'Update', stage: 'PostOperation', table: 'account', handler: ({ service }) => void service.create('task', { name }) },
      ],
    })
  let made = 0
  const newId = () => `00000000-0000-7000-9000-${String(++made).padStart(12, '0')}`
  const engine = openEngine({ path, mode: 'open', now: () => START_MS, newId, plugins })
  onTestFinished(() => engine.close())
  return engine
}

type Opened = ReturnType<typeof openFixture>

/** Runs the step of one plug-in alone and returns the user who made the step's record. */
function creatorOf(engine: Opened, plugin: string): unknown {
  for (const { name } of engine.findPlugins()) name === plugin ? engine.enablePlugin(name) : engine.disablePlugin(name)
  engine.as(ids.admin).updateRecord({ table: 'account', id: ids.account }, { name: plugin })
  const { rows } = engine.as('admin').findRecords({ table: 'task', search: plugin, offset: 0, limit: 10 })
  return rows[0]?.values.createdby
}

test('a step of format 3 runs as the user that its name or GUID stood for [EF3, ID6]', () => {
  const engine = openFixture()

  expect(Object.fromEntries(engine.findSteps().map(({ plugin, runAs }) => [plugin, runAs]))).toEqual({
    caller: 'CallingUser',
    'by name': { id: ids.bob, name: 'bob' },
    'by id': { id: ids.carol, name: 'carol' },
    shared: { id: null, name: 'anna lee' },
    gone: { id: null, name: 'nora' },
  })
  for (const plugin of ['caller', 'by name', 'by id']) expect(creatorOf(engine, plugin)).toEqual(createdBy[plugin])
})

test('a step of format 3 whose name leads to nobody or to several users stays refused, whoever takes the name [EF3, ID6]', () => {
  const engine = openFixture()
  engine.as(ids.admin).updateRecord({ table: 'systemuser', id: ids.carol }, { fullname: 'nora' })
  engine.as(ids.admin).updateRecord({ table: 'systemuser', id: ids.other }, { fullname: 'Anna Grey' })

  for (const plugin of ['shared', 'gone']) {
    expect(createdBy[plugin]).toHaveProperty('code')
    expect(refusalOf(() => creatorOf(engine, plugin)).code).toBe('CASCADE_REFUSED')
  }
})

test('a step of format 3 stays with its user when users are renamed [EF3, ID6]', () => {
  const engine = openFixture()
  engine.as(ids.admin).updateRecord({ table: 'systemuser', id: ids.bob }, { fullname: 'Robert' })
  engine.as(ids.admin).updateRecord({ table: 'systemuser', id: ids.nora }, { fullname: 'bob' })

  expect(creatorOf(engine, 'by name')).toMatchObject({ id: ids.bob, name: 'Robert' })
})
