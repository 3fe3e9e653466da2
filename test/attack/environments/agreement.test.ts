import { expect, onTestFinished, test } from 'vitest'
import { type Engine, openEngine } from '#engine'
import { refusalOf } from '../../support/engine.ts'
import { changeByHand, optionsFor } from '../environment-example.ts'
import { exampleFile } from './example-file.ts'

function open(path: string): Engine {
  const engine = openEngine(optionsFor(path))
  onTestFinished(() => engine.close())
  return engine
}

/** A file whose plug-in the user has agreed to and enabled. */
function agreedFile(): string {
  const path = exampleFile()
  const engine = openEngine(optionsFor(path))
  const [plugin] = engine.findPlugins()
  engine.enablePlugin('watch', plugin?.contentHash)
  engine.close()
  return path
}

const CHANGES: [what: string, sql: string][] = [
  ['runs as somebody else', `UPDATE _step SET run_as = 'admin', run_as_user = 2 WHERE plugin IS NOT NULL`],
  ['runs as the user of another row', `UPDATE _step SET run_as_user = 2 WHERE plugin IS NOT NULL`],
  ['listens to another table', `UPDATE _step SET table_name = 'contact' WHERE plugin IS NOT NULL`],
  ['listens to every table', `UPDATE _step SET table_name = NULL WHERE plugin IS NOT NULL`],
  ['runs in another stage', `UPDATE _step SET stage = 'PostOperation' WHERE plugin IS NOT NULL`],
  ['listens to another message', `UPDATE _step SET message = 'Delete' WHERE plugin IS NOT NULL`],
  ['runs later than agreed', `UPDATE _step SET mode = 'Async', stage = 'PostOperation' WHERE plugin IS NOT NULL`],
  ['has another rank', `UPDATE _step SET rank = 99 WHERE plugin IS NOT NULL`],
  ['has no filter any more', `UPDATE _step SET filtering_attributes = NULL WHERE plugin IS NOT NULL`],
  ['gets all columns', `UPDATE _step SET pre_image = 'true' WHERE plugin IS NOT NULL`],
  [
    'has one more step',
    `INSERT INTO _step (plugin, plugin_name, plugin_version, ordinal, message, stage, mode, rank, run_as)
     SELECT plugin, plugin_name, plugin_version, 1, 'Delete', 'PreOperation', 'Sync', 1, 'CallingUser' FROM _step WHERE plugin IS NOT NULL`,
  ],
  ['has lost its step', `UPDATE _step SET plugin = NULL`],
  ['has another name', `UPDATE _plugin SET name = 'trusted'; UPDATE _step SET plugin_name = 'trusted'`],
]

for (const [what, sql] of CHANGES)
  test(`a plug-in that was agreed to and ${what} waits for agreement, and nothing of it runs [PI5]`, () => {
    const path = agreedFile()
    changeByHand(path, (db) => db.exec(sql))

    const engine = open(path)

    expect(engine.findPlugins().map(({ status }) => status)).toEqual(['Waiting for agreement'])
  })

test('an operation that such a plug-in listens to is refused [PI5]', () => {
  const path = agreedFile()
  changeByHand(path, (db) => db.exec(`UPDATE _step SET rank = 99 WHERE plugin IS NOT NULL`))
  const engine = open(path)
  const admin = engine.as(engine.info().administratorId)
  const [account] = admin.findRecords({ table: 'account', offset: 0, limit: 1 }).rows

  expect(refusalOf(() => admin.updateRecord({ table: 'account', id: account?.id ?? '' }, { name: 'x' }))).toMatchObject({
    code: 'PLUGIN_NOT_AGREED',
  })
})

test('an untouched plug-in stays agreed to, and so it does when the user that it names is renamed [PI5]', () => {
  const path = agreedFile()
  changeByHand(path, (db) => db.exec(`UPDATE systemuser SET fullname = 'renamed'`))

  expect(
    open(path)
      .findPlugins()
      .map(({ status }) => status),
  ).toEqual(['Enabled'])
})
