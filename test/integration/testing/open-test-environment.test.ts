import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { definePlugin, InvalidPluginExecutionError } from '#plugin-api'
import {
  ExpectationFailed,
  OperationRefused,
  openTestEnvironment,
  type TestEnvironmentOptions,
  TestInvalid,
} from '../../../main/testing/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-testing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const model: TestEnvironmentOptions['model'] = {
  tables: { account: { columns: { rating: 'Integer' } }, contact: {}, task: {} },
  relationships: [{ name: 'contacts', referenced: 'account', referencing: 'contact', attribute: 'parentcustomerid', behavior: 'Parental' }],
}
const records: TestEnvironmentOptions['records'] = {
  account: [
    { id: 'A', name: 'Contoso', rating: 3, ownerid: 'alice' },
    { id: 'B', name: 'Fabrikam', ownerid: 'alice' },
  ],
  contact: [
    { id: 'C', name: 'Ann', parentcustomerid: 'account/A', ownerid: 'alice' },
    { id: 'D', name: 'Dan', parentcustomerid: 'account/A', ownerid: 'alice' },
  ],
}

/** Refuses another owner for whoever bears this name. */
const keeper = (name: string) =>
  definePlugin({
    name: 'keeper',
    version: '1.0.0',
    apiVersion: 1,
    steps: [
      {
        message: 'Update',
        stage: 'PreOperation',
        filteringAttributes: ['ownerid'],
        preImage: ['name'],
        handler({ preImage, trace }) {
          trace(`${preImage.name} is looked at`)
          if (preImage.name === name) throw new InvalidPluginExecutionError(`${name} keeps its owner`)
        },
      },
    ],
  })

describe('records', () => {
  test('are read as a scenario writes them: aliases for ids, names for people', async () => {
    await using lab = await openTestEnvironment({ model, records })

    expect(lab.retrieve('contact/C')).toMatchObject({
      id: 'contact/C',
      name: 'Ann',
      parentcustomerid: 'account/A',
      ownerid: 'alice',
      createdby: 'admin',
      statecode: 0,
    })
    expect(lab.retrieve('account/A', ['rating'])).toEqual({ id: 'account/A', rating: 3 })
  })

  test('are found by what they hold, in the order of creation', async () => {
    await using lab = await openTestEnvironment({ model, records })

    expect(lab.retrieveMultiple({ table: 'contact', where: { parentcustomerid: 'account/A' }, columns: ['name'] })).toEqual([
      { id: 'contact/C', name: 'Ann' },
      { id: 'contact/D', name: 'Dan' },
    ])
    expect(lab.count('contact', { name: 'Ann' })).toBe(1)
    expect(lab.count('task')).toBe(0)
    expect(lab.exists('account/A')).toBe(true)
  })

  test('are made, changed, deactivated, merged and deleted, with the cascades of the model', async () => {
    await using lab = await openTestEnvironment({ model, records })

    await lab.create('account/N', { name: 'New', rating: 1 }, { as: 'bob' })
    await lab.update('account/N', { rating: 2 })
    await lab.setState('account/N', 1)
    const merged = await lab.merge({ target: 'account/B', subordinate: 'account/A', content: { rating: 9 } })
    const assigned = await lab.assign('account/B', 'carol')
    await lab.delete('contact/D')

    expect(lab.retrieve('account/N')).toMatchObject({ rating: 2, statecode: 1, ownerid: 'bob', createdby: 'bob' })
    expect(merged).toMatchObject({ outcome: 'Completed', mode: 'Sync', affected: 3, job: null, error: null })
    expect(assigned).toMatchObject({ affected: 3 })
    expect(lab.retrieve('contact/C')).toMatchObject({ parentcustomerid: 'account/B', ownerid: 'carol' })
    expect(lab.retrieve('account/B')).toMatchObject({ rating: 9 })
    expect(lab.exists('contact/D')).toBe(false)
  })

  test('that are gone are refused with the code of the platform', async () => {
    await using lab = await openTestEnvironment({ model, records })
    await lab.delete('contact/C')

    expect(() => lab.retrieve('contact/C')).toThrow(expect.objectContaining({ name: 'OperationRefused', code: '0x80040217' }))
    await expect(lab.delete('contact/C')).rejects.toMatchObject({ code: '0x80040217' })
  })

  test.each<[string, TestEnvironmentOptions, RegExp]>([
    ['an unknown table', { model, records: { acount: [{ id: 'A' }] } }, /no table "acount".*Did you mean "account"/],
    ['an unknown column', { model, records: { account: [{ id: 'A', ratng: 1 }] } }, /no column "ratng".*Did you mean "rating"/],
    ['a value of another type', { model, records: { account: [{ id: 'A', rating: 'three' }] } }, /whole number for rating/],
    ['a setting that is none', { model, settings: { batchSise: 3 } }, /batchSise.*Did you mean "batchSize"/],
    ['a record twice', { model, records: { account: [{ id: 'A' }, { id: 'A' }] } }, /two records account\/A/],
    ['a scenario that is not there', { scenario: join(folder, 'nowhere.yaml') }, /cannot be read/],
  ])('do not begin with %s', async (_, options, message) => {
    const opening = openTestEnvironment(options)

    await expect(opening).rejects.toBeInstanceOf(TestInvalid)
    await expect(opening).rejects.toThrow(message)
  })

  test('that nobody made are named in the error', async () => {
    await using lab = await openTestEnvironment({ model, records })

    await expect(lab.assign('account/Z', 'bob')).rejects.toThrow(TestInvalid)
    expect(() => lab.retrieve('contoso')).toThrow('Expected a record as table/id')
    expect(() => lab.retrieve('account/A', ['ratng'])).toThrow('Did you mean "rating"')
  })
})

describe('plug-ins', () => {
  test('take part, refuse with their own message, and leave nothing behind but the log', async () => {
    await using lab = await openTestEnvironment({ plugins: [keeper('Dan')], model, records })

    const refused = lab.assign('account/A', 'bob')

    await expect(refused).rejects.toBeInstanceOf(OperationRefused)
    await expect(refused).rejects.toMatchObject({ code: '0x80040265', message: 'Dan keeps its owner' })
    expect(lab.retrieveMultiple({ table: 'contact', columns: ['ownerid'] }).map(({ ownerid }) => ownerid)).toEqual(['alice', 'alice'])
    expect(lab.trace()).toEqual(['Contoso is looked at', 'Ann is looked at', 'Dan is looked at'])
    expect(lab.runs({ record: 'contact/D' })).toMatchObject([
      {
        plugin: 'keeper',
        message: 'Update',
        stage: 'PreOperation',
        depth: 2,
        outcome: 'refused',
        isCommitted: false,
        error: { code: '0x80040265' },
      },
    ])
    expect(lab.runs({ outcome: 'done' })).toHaveLength(2)
  })

  test('pause a job, which goes on when they are disabled; the clock waits for nobody', async () => {
    await using lab = await openTestEnvironment({ plugins: [keeper('Dan')], model, records, settings: { maxAttempts: 3 } })

    const paused = await lab.assign('account/A', 'bob', { mode: 'Async' })
    await lab.disablePlugin('keeper')
    const done = await lab.resume(paused.job ?? undefined)

    expect(paused).toMatchObject({
      outcome: 'Paused',
      mode: 'Async',
      error: { code: '0x80040265' },
      job: { status: 'Paused', attempts: 3, processed: 2, total: 3 },
    })
    expect(done).toMatchObject({ outcome: 'Completed', job: { id: paused.job?.id, status: 'Completed' } })
    expect(lab.retrieve('contact/D')).toMatchObject({ ownerid: 'bob' })
    expect(lab.runs({ record: 'contact/D' }).map(({ job }) => job?.attempt)).toEqual([1, 2, 3])
    expect(lab.jobs()).toMatchObject([{ id: paused.job?.id, status: 'Completed' }])
  })

  test('are given their configuration, and the very object of the test runs', async () => {
    const seen: string[] = []
    const configured = definePlugin((configuration) => ({
      name: 'configured',
      version: '1.0.0',
      apiVersion: 1,
      steps: [{ message: 'Create', stage: 'PostOperation', handler: () => void seen.push(configuration) }],
    }))
    await using lab = await openTestEnvironment({ plugins: [{ plugin: configured, configuration: 'first' }], model })

    await lab.create('account/N')

    expect(seen).toEqual(['first'])
  })

  test('named by a path run contained', async () => {
    const path = written(
      'outside.js',
      `export default { name: 'outside', version: '1.0.0', apiVersion: 1, steps: [
        { message: 'Create', stage: 'PreOperation', handler({ target }) { target.name = typeof process + ' ' + typeof require } },
      ] }`,
    )
    await using lab = await openTestEnvironment({ plugins: [path, keeper('Nobody')], model })

    await lab.create('account/N', { name: 'New' })

    expect(lab.retrieve('account/N')).toMatchObject({ name: 'undefined undefined' })
  })

  test('that do not fit are refused, whether at the beginning or later', async () => {
    const misspelt = { ...keeper('Dan'), steps: [{ message: 'Updat', stage: 'PreOperation', handler: () => undefined }] } as never
    await using lab = await openTestEnvironment({ plugins: [keeper('Dan')], model })

    await expect(openTestEnvironment({ plugins: [misspelt], model })).rejects.toMatchObject({ code: 'PLUGIN_INVALID' })
    await expect(lab.installPlugin(keeper('Ann'))).rejects.toMatchObject({ code: 'PLUGIN_INVALID' })
  })

  test('with asynchronous steps are waited for', async () => {
    const note = definePlugin({
      name: 'note',
      version: '1.0.0',
      apiVersion: 1,
      steps: [
        {
          message: 'Delete',
          table: 'contact',
          stage: 'PostOperation',
          mode: 'Async',
          runAs: 'Automation',
          async handler({ service, primaryEntityId }) {
            await Promise.resolve()
            service.create('task', { name: primaryEntityId })
          },
        },
      ],
    })
    await using lab = await openTestEnvironment({ plugins: [note], model, records })
    const id = lab.idOf('contact/C')

    await lab.delete('contact/C')

    expect(lab.retrieveMultiple({ table: 'task', columns: ['name', 'createdby'] })).toMatchObject([{ name: id, createdby: 'Automation' }])
    expect(lab.stepJobs()).toMatchObject([{ plugin: 'note', message: 'Delete', status: 'Completed', error: null }])
  })

  test('may be removed, and another one of the same name installed', async () => {
    await using lab = await openTestEnvironment({ plugins: [keeper('Dan')], model, records })

    await lab.removePlugin('keeper')
    await lab.installPlugin(keeper('Fabrikam'))

    await lab.assign('account/A', 'bob')
    await expect(lab.assign('account/B', 'bob')).rejects.toThrow('Fabrikam keeps its owner')
  })
})

describe('steps of the scenario format', () => {
  test('do what the methods do not: somebody else acts meanwhile', async () => {
    await using lab = await openTestEnvironment({ model, records, settings: { maxAttempts: 1 } })

    const deleted = await lab.step({
      delete: { record: 'account/A' },
      mode: 'Async',
      during: [{ at: { afterPlan: true }, do: { delete: { record: 'contact/C' } } }],
      expect: { outcome: 'Paused', records: { 'contact/D': 'present' } },
    })

    expect(deleted).toMatchObject({ outcome: 'Paused', job: { status: 'Paused' } })
  })

  test('tell what they expected and what was there', async () => {
    await using lab = await openTestEnvironment({ model, records })

    const missed = lab.step({ update: { record: 'account/A', set: { rating: 4 } }, expect: { records: { 'account/A': { rating: 5 } } } })

    await expect(missed).rejects.toBeInstanceOf(ExpectationFailed)
    await expect(missed).rejects.toThrow('records.account/A.rating: expected 5, found 4')
  })

  test('may expect a refusal', async () => {
    await using lab = await openTestEnvironment({ plugins: [keeper('Contoso')], model, records })

    expect(await lab.step({ assign: { record: 'account/A', to: 'bob' }, expect: { outcome: 'Refused' } })).toMatchObject({
      outcome: 'Refused',
      error: { code: '0x80040265' },
    })
  })
})

test('an environment may begin where a scenario file does', async () => {
  written(
    'keeper.js',
    `export default { name: 'closed', version: '1.0.0', apiVersion: 1, steps: [
    { message: 'Delete', stage: 'PreOperation', handler() { throw new Error('never') } } ] }`,
  )
  const scenario = written(
    'begin.yaml',
    `scenario: Begin
model: { tables: { account: {} } }
settings: { batchSize: 7 }
plugins: [ { path: keeper.js } ]
records: { account: [ { id: A, name: From the file } ] }
steps: [ { delete: { record: account/A } } ]
`,
  )
  await using lab = await openTestEnvironment({ scenario })
  await using other = await openTestEnvironment({ scenario, records: { account: [{ id: 'B', name: 'From the test' }] } })

  expect(lab.retrieveMultiple({ table: 'account', columns: ['name'] })).toEqual([{ id: 'account/A', name: 'From the file' }])
  expect(other.retrieveMultiple({ table: 'account', columns: ['name'] })).toEqual([{ id: 'account/B', name: 'From the test' }])
  await expect(lab.delete('account/A')).rejects.toMatchObject({ code: '0x80040224' })
})

test('two environments know nothing of each other, and leave nothing behind', async () => {
  const temporary = mkdtempSync(join(folder, 'temporary-'))
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary)
  onTestFinished(() => void vi.unstubAllEnvs())
  const one = await openTestEnvironment({ model, records })
  const other = await openTestEnvironment({ model, records })

  await one.delete('account/A')

  expect(other.exists('account/A')).toBe(true)
  // The folder of locks stays: another instance may be about to lock a file in it.
  const left = () => readdirSync(temporary, { withFileTypes: true }).filter(({ name }) => !name.startsWith('cascade-workbench-locks'))
  expect(left().filter((entry) => entry.isDirectory())).toHaveLength(2)
  await Promise.all([one.close(), one.close(), other.close()])
  expect(left()).toEqual([])
})
