import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { bootstrap } from '#engine/store/bootstrap'
import { Connection } from '#engine/store/connection'
import { openFile } from '#engine/store/file'
import { MIGRATIONS } from '#engine/store/migrations/index'
import { pluginVersion, readPlugins } from '#engine/store/plugins'
import { countedIds, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'
import { openStore } from '../../support/store.ts'

const APPLICATION_ID = 0x43617363
const JOB = Buffer.alloc(16, 0x0b)
const ADMIN = { table: 'systemuser', id: '00000000-0000-7000-8000-000000000002' }
const REQUEST = JSON.stringify({ operation: 'Assign', record: ADMIN, to: ADMIN })

/** A closed environment as the version with this format made it, with a job that waits. */
function fileOfFormat(format: number): string {
  const path = join(temporaryFolder(), `format-${format}.cascade`)
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma(`application_id = ${APPLICATION_ID}`)
  for (const migration of MIGRATIONS.slice(0, format)) db.exec(migration)
  const connection = new Connection(db)
  // Today's statements know columns that an older version lacks.
  if (format < 6) db.exec('ALTER TABLE _column ADD COLUMN max_length INTEGER')
  bootstrap(connection, START_MS, countedIds())
  if (format < 6) db.exec('ALTER TABLE _column DROP COLUMN max_length')
  // In the words of that version.
  db.prepare(`
    INSERT INTO _job (guid, name, operation, operationtype, statecode, statuscode, createdon, modifiedon, createdby, ownerid, owningbusinessunit,
      regardingobjectid, regarding_guid, regarding_name, primaryentitytype, messagename, depth, correlationid, requestid, request)
    VALUES (:guid, 'Cascade Assign:[systemuser]-[admin]', 'Assign', 90, 0, 0, :now, :now, 2, 2, 1, 2, :guid, 'admin', 'systemuser', 'Assign', 1,
      :guid, :guid, :request)`).run({ guid: JOB, now: START_MS, request: REQUEST })
  db.pragma(`user_version = ${format}`)
  db.close()
  return path
}

const schemaOf = (connection: Connection): unknown[] =>
  connection.db.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`).all()

test('an environment of format 1 keeps its records and jobs, and has room for plug-ins afterwards [EF3]', () => {
  const path = fileOfFormat(1)
  const engine = openEngine({ path, now: () => START_MS, newId: countedIds(), mode: 'open' })
  onTestFinished(() => engine.close())

  expect(engine.info().formatVersion).toBe(MIGRATIONS.length)
  expect(engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs).toMatchObject([
    { name: 'Cascade Assign:[systemuser]-[admin]', status: 'Waiting' },
  ])
  expect(engine.as('admin').countRecords('systemuser')).toBe(1)
  expect(engine.checkIntegrity()).toEqual([])
  const copy = new Database(`${path}.format-1.backup`, { readonly: true })
  onTestFinished(() => void copy.close())
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare('SELECT name FROM _job').pluck().all()).toEqual(['Cascade Assign:[systemuser]-[admin]'])
})

test('a job of format 1 has no event, and no plug-in is installed beside it [EF3]', () => {
  const connection = openFile(fileOfFormat(1))
  onTestFinished(() => connection.close())

  expect(connection.db.prepare('SELECT name, event FROM _system_job JOIN _cascade_job ON job = number').all()).toEqual([
    { name: 'Cascade Assign:[systemuser]-[admin]', event: null },
  ])
  expect(readPlugins(connection)).toEqual([])
  expect(pluginVersion(connection)).toBe(1)
})

test('what columns of an older format require counts as required by forms, and their texts have no limit [EF3]', () => {
  const path = fileOfFormat(2)
  const db = new Database(path)
  db.exec(`UPDATE _column SET required = 1 WHERE logical_name = 'fullname'`)
  db.close()

  const engine = openEngine({ path, now: () => START_MS, newId: countedIds(), mode: 'open' })
  onTestFinished(() => engine.close())

  expect(engine.table('systemuser').columns.find(({ logicalName }) => logicalName === 'fullname')).toMatchObject({
    requiredLevel: 'ApplicationRequired',
    maxLength: null,
  })
})

test('a file that was brought up to date has the tables of a new one [EF3]', () => {
  const migrated = openFile(fileOfFormat(1))
  onTestFinished(() => migrated.close())

  expect(schemaOf(migrated)).toEqual(schemaOf(openStore().connection))
})

test('a migration that fails is undone, and the file was copied before it began [EF3]', () => {
  const path = fileOfFormat(2)
  const db = new Database(path)
  // Formats 1 and 2 allow what format 3 does not: one GUID for a cascade's job and the job of a step.
  db.prepare(`
    INSERT INTO _step_job (guid, name, step, statecode, statuscode, createdon, createdby, user, depth, correlation, context)
    VALUES (:guid, 'twin', 1, 0, 0, :now, 2, 2, 1, :guid, '{}')`).run({ guid: JOB, now: START_MS })
  db.exec(`
    INSERT INTO _step (number, plugin_name, plugin_version, ordinal, message, stage, mode, rank, run_as)
    VALUES (1, 'watch', '1', 0, 'Update', 'PostOperation', 'Async', 1, 'CallingUser')`)
  db.close()
  const before = readFileSync(path)

  expect(refusalOf(() => openFile(path))).toMatchObject({ code: 'ENVIRONMENT_UNUSABLE', details: { path } })

  expect(readFileSync(path).equals(before)).toBe(true)
  const copy = new Database(`${path}.format-2.backup`, { readonly: true })
  onTestFinished(() => void copy.close())
  expect(copy.pragma('user_version', { simple: true })).toBe(2)
  expect(copy.prepare(`SELECT name FROM _step_job`).pluck().all()).toEqual(['twin'])
})
