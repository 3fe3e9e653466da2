import { expect, onTestFinished, test } from 'vitest'
import { type Engine, openEngine } from '#engine'
import { DEFAULT_SETTINGS } from '#engine/contract/settings'
import { findEntityRow } from '#engine/store/entity-rows'
import { openFile } from '#engine/store/file'
import { readModel } from '#engine/store/metadata'
import { refusalOf } from '../../support/engine.ts'
import { bytesOf, changeByHand, forceValue, optionsFor, writeExample } from '../environment-example.ts'
import { exampleFile } from './example-file.ts'

/** Without a key every file is known, and its jobs continue. */
function open(path: string): Engine {
  const { agreementKey: _none, ...options } = optionsFor(path)
  const engine = openEngine(options)
  onTestFinished(() => engine.close())
  return engine
}

const adminOf = (engine: Engine) => engine.as(engine.info().administratorId)

const SETTINGS: [name: string, json: string][] = [
  ['pluginTimeoutSeconds', '{"a":1}'],
  ['pluginTimeoutSeconds', '0'],
  ['pluginMemoryMegabytes', '1e9'],
  ['maxDepth', '"8"'],
  ['batchSize', 'null'],
  ['pluginTraceLog', '"Everything"'],
  ['asyncCascades', '1'],
  ['thresholds', 'null'],
  ['thresholds', '{"Assign":-1}'],
  ['thresholds', '{"Assign":"1"}'],
  ['thresholds', '[]'],
]

for (const [name, json] of SETTINGS)
  test(`the setting ${name} = ${json} has its default instead, and the environment says so [AT3]`, () => {
    const path = exampleFile()
    changeByHand(path, (db) => db.prepare('INSERT OR REPLACE INTO _setting VALUES (?, ?)').run(name, json))

    const engine = open(path)

    expect(engine.settings()).toMatchObject({ [name]: DEFAULT_SETTINGS[name as 'thresholds'] })
    expect(engine.info().notices).toEqual([{ key: 'store.settingInvalid', params: { setting: name } }])
  })

test('a setting that is changed again is valid, and the notice is gone', () => {
  const path = exampleFile()
  changeByHand(path, (db) => db.prepare('INSERT OR REPLACE INTO _setting VALUES (?, ?)').run('batchSize', '0'))
  const engine = open(path)

  engine.changeSettings({ batchSize: 7 })

  expect([engine.settings().batchSize, engine.info().notices]).toEqual([7, []])
})

const REFUSED: [what: string, table: string, column: string, value: string | number | bigint | Buffer | null, where?: string][] = [
  ['a cascade type that does not exist', '_relationship', 'cascade', '{"Assign":"Everything"}'],
  ['a cascade that is no JSON', '_relationship', 'cascade', 'Cascade'],
  ['a relationship from a table that does not exist', '_relationship', 'referenced', 'nowhere'],
  ['a source of the model that holds none', '_model_source', 'model', '{"tables":[{}],"relationships":[],"manyToMany":[]}'],
  ['a process of no kind', '_model_source', 'processes', '[{"id":"1","kind":"spell"}]'],
  ['a type of column that does not exist', '_column', 'type', 'Function'],
  ['options that are no options', '_column', 'options', '[{"value":"one"}]'],
  ['a name of a table that SQL would read otherwise', '_table', 'logical_name', 'a"b', `logical_name = 'list'`],
  ['an ownership that does not exist', '_table', 'ownership', 'Mine'],
  ['a permission that does not exist', '_plugin', 'permissions', '["everything"]'],
  ['a stage that does not exist', '_step', 'stage', 'Whenever'],
  ['a step of another plug-in', '_step', 'plugin_name', 'other'],
  ['a text for a number', '_step', 'rank', 'first'],
  ['a counter that would give numbers again', '_counter', 'value', 1, `name = 'next_row'`],
  ['a counter at its end', '_counter', 'value', 9_223_372_036_854_775_807n, `name = 'next_row'`],
  ['a counter of items that would give numbers again', '_counter', 'value', 1, `name = 'next_item'`],
  ['a column of the model that its table lacks', '_column', 'logical_name', 'nowhere', `logical_name = 'employees'`],
  ['an N:N relationship without its table', '_many_to_many', 'intersect_table', 'nowhere'],
]

for (const [what, table, column, value, where] of REFUSED)
  test(`${what} refuses the file with its place, and the file stays as it was [AT2]`, () => {
    const path = exampleFile()
    forceValue(path, table, column, value, where)
    const before = bytesOf(path)

    const { code, details } = refusalOf(() => openEngine(optionsFor(path)).close())

    expect({ code, details }).toEqual({ code: 'ENVIRONMENT_UNUSABLE', details: expect.objectContaining({ path }) })
    expect(bytesOf(path).equals(before)).toBe(true)
  })

test('an environment without any user is refused [AT2]', () => {
  const path = exampleFile()
  changeByHand(path, (db) => db.exec('DELETE FROM systemuser'))

  expect(refusalOf(() => openEngine(optionsFor(path)).close())).toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })
})

const DAMAGED: [what: string, column: string, value: string | number | bigint | Buffer, shown: string][] = [
  ['a date out of range', 'createdon', 9_223_372_036_854_775_807n, '9223372036854775807'],
  ['a text for a date', 'since', 'yesterday', 'yesterday'],
  ['a text for a number', 'employees', 'many', 'many'],
  ['bytes for a text', 'name', Buffer.from('ff00', 'hex'), `x'ff00'`],
  ['a number for a switch', 'isgood', 7, '7'],
  ['choices that are no JSON', 'colours', '[1,', '[1,'],
  ['a text for a lookup', 'parentaccountid', 'nobody', 'nobody'],
]

for (const [what, column, value, shown] of DAMAGED)
  test(`${what} is marked and hides no other row or value [AT4]`, () => {
    const path = exampleFile()
    forceValue(path, 'account', column, value, `name = 'account 3'`)
    const engine = open(path)

    const { rows } = adminOf(engine).findRecords({ table: 'account', offset: 0, limit: 10 })

    expect(rows).toHaveLength(8)
    const damaged = rows.filter(({ values }) => JSON.stringify(values).includes('"damaged"'))
    expect(damaged).toHaveLength(1)
    const marked = damaged[0]?.values[column] as { damaged: string }
    expect(column === 'createdon' ? Number(marked.damaged) : marked.damaged).toBe(column === 'createdon' ? Number(shown) : shown)
    expect(rows.map(({ values }) => values.employees).filter((count) => typeof count === 'number').length).toBeGreaterThan(6)
    expect(adminOf(engine).getRecord({ table: 'account', id: damaged[0]?.id ?? '' }).values[column]).toEqual(marked)
  })

test('a new value can be written over a damaged one [AT4]', () => {
  const path = exampleFile()
  forceValue(path, 'account', 'since', 'yesterday', `name = 'account 3'`)
  const engine = open(path)
  const admin = adminOf(engine)
  const [row] = admin.findRecords({ table: 'account', search: 'account 3', offset: 0, limit: 1 }).rows
  const record = { table: 'account', id: row?.id ?? '' }

  admin.updateRecord(record, { since: '2026-01-01T00:00:00.000Z' })

  expect(admin.getRecord(record).values.since).toBe('2026-01-01T00:00:00.000Z')
})

test('a step that reads a damaged value fails on this record, with the column and the value', () => {
  const path = exampleFile()
  forceValue(path, 'account', 'since', 'yesterday', `name = 'account 3'`)
  const connection = openFile(path)
  onTestFinished(() => connection.close())
  const model = readModel(connection)
  const rowOf = (name: string) => connection.db.prepare('SELECT _row FROM account WHERE name = ?').pluck().get(name) as number
  const read = (name: string) => findEntityRow(connection, model, model.table('account'), rowOf(name), ['name', 'since'])

  expect(refusalOf(() => read('account 3'))).toMatchObject({
    code: 'RECORD_DAMAGED',
    details: { column: 'account.since', value: 'yesterday' },
  })
  expect(read('account 4')).toMatchObject({ name: 'account 4' })
})

test('a GUID that is none hides no other row [AT4]', () => {
  const path = exampleFile()
  forceValue(path, 'account', 'accountid', Buffer.from('0102', 'hex'), `name = 'account 3'`)

  const { rows } = adminOf(open(path)).findRecords({ table: 'account', offset: 0, limit: 10 })

  expect(rows.map(({ values }) => values.name)).toHaveLength(8)
  expect(rows.filter(({ id }) => id.length !== 36).map(({ id }) => id)).toEqual([`x'0102'`])
})

/** Overwrites the pages of a table, from a page of its own on. */
function damageTable(path: string, table: string, whichPage: (pages: number[]) => number): void {
  let pages: number[] = []
  changeByHand(path, (db) => {
    pages = db.prepare<[string], number>('SELECT pageno FROM dbstat WHERE name = ? ORDER BY path').pluck().all(table)
  })
  const file = bytesOf(path)
  const page = whichPage(pages)
  file.fill(0xff, (page - 1) * PAGE, page * PAGE)
  writeExample(path, file)
}

const PAGE = 4_096

test('a table with a damaged page is named where it is met, and other tables stay readable [AT4]', () => {
  const path = exampleFile()
  damageTable(path, 'contact', ([root = 0]) => root)

  const admin = adminOf(open(path))

  for (const read of [
    () => admin.findRecords({ table: 'contact', offset: 0, limit: 10 }),
    () => admin.getRecord({ table: 'contact', id: '00000000-0000-7000-8000-000000000110' }),
  ])
    expect(refusalOf(read)).toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })
  expect(admin.findRecords({ table: 'account', offset: 0, limit: 10 }).rows).toHaveLength(8)
})

test('rows before a damaged page are shown [AT4]', () => {
  const path = exampleFile()
  const { agreementKey: _none, ...options } = optionsFor(path)
  const engine = openEngine(options)
  for (let at = 0; at < 200; at++) adminOf(engine).createRecord('list', { name: `${'x'.repeat(200)} ${at}` })
  engine.close()
  damageTable(path, 'list', (pages) => pages.at(-1) ?? 0)

  const admin = adminOf(open(path))

  expect(admin.findRecords({ table: 'list', offset: 0, limit: 10 }).rows).toHaveLength(10)
  expect(refusalOf(() => admin.findRecords({ table: 'list', offset: 195, limit: 10 }))).toMatchObject({
    code: 'ENVIRONMENT_UNUSABLE',
    details: { path, table: 'list' },
  })
})

const JOB_DAMAGES: [what: string, table: string, column: string, value: string | bigint | Buffer | number][] = [
  ['a kind that does not exist', '_system_job', 'kind', 'dream'],
  ['a GUID that is none', '_system_job', 'guid', Buffer.from('00', 'hex')],
  ['a status that does not exist', '_system_job', 'statuscode', 99],
  ['a request of another shape', '_cascade_job', 'request', '{"operation":"Assign"}'],
  ['a position after the end', '_cascade_job', 'position', 1_000_000],
]

for (const [what, table, column, value] of JOB_DAMAGES)
  test(`a job with ${what} is shown as failed, hides no other, and is not run [AT4]`, () => {
    const path = exampleFile()
    forceValue(path, table, column, value, table === '_system_job' ? 'number = 4' : 'job = 4')
    const engine = open(path)

    const { jobs } = adminOf(engine).findJobs({ limit: 10 })

    expect(jobs.map(({ status }) => status).sort()).toEqual(['Completed', 'Failed', 'In Progress', 'Paused'])
    expect(engine.recoverJobs()).toHaveLength(1)
    expect(engine.nextJob()?.name).toContain('116')
  })

test('a time of a job that no date can have counts as none [AT4]', () => {
  const path = exampleFile()
  forceValue(path, '_system_job', 'createdon', 9_223_372_036_854_775_807n)

  expect(
    adminOf(open(path))
      .findJobs({ limit: 10 })
      .jobs.map(({ createdOnMs }) => createdOnMs),
  ).toEqual([0, 0, 0, 0])
})

const MESSAGES = [
  '{"key":"store.busy"}',
  '{"key":"store.busy","params":{"path":{"key":"store.busy"}}}',
  '{"key":"store.busy","params":{"path":null}}',
  `${'{"key":"store.busy","params":{"path":'.repeat(1_000)}"x"${'}}'.repeat(1_000)}`,
]

test('a message that cannot be said is shown as it is stored [AT4]', () => {
  for (const message of MESSAGES) {
    const path = exampleFile()
    forceValue(path, '_system_job', 'message', message)

    const { jobs } = adminOf(open(path)).findJobs({ limit: 1 })

    expect(jobs[0]?.message).toEqual({ key: 'verbatim.text', params: { text: message } })
  }
})
