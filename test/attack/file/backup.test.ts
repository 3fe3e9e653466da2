import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { countedIds, START_MS, temporaryFolder } from '../../support/engine.ts'

const FIXTURE = new URL('../../fixtures/environments/format-2-jobs.cascade.gz', import.meta.url)

/** An environment of format 2. */
function oldEnvironment(name = 'old.cascade'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, gunzipSync(readFileSync(FIXTURE)))
  return path
}

const migrate = (path: string) => openEngine({ path, mode: 'open', now: () => START_MS, newId: countedIds() }).close()

const formatOf = (path: string): unknown => read(path, (db) => db.pragma('user_version', { simple: true }))
const usersIn = (path: string): unknown => read(path, (db) => db.prepare('SELECT fullname FROM systemuser ORDER BY fullname').pluck().all())

function read(path: string, query: (db: Database.Database) => unknown): unknown {
  const db = new Database(path, { readonly: true })
  try {
    return query(db)
  } finally {
    db.close()
  }
}

test('the copy before a migration has what is only in the log, also while somebody reads [EF3]', () => {
  const path = oldEnvironment()
  const other = new Database(path)
  onTestFinished(() => void other.close())
  other.pragma('journal_mode = WAL')
  const reader = new Database(path)
  onTestFinished(() => void reader.close())
  const reading = reader.prepare('SELECT name FROM account').iterate()
  reading.next()
  other.prepare(`UPDATE systemuser SET fullname = 'from the log' WHERE fullname = 'bob'`).run()

  migrate(path)
  reading.return?.()

  expect(formatOf(`${path}.format-2.backup`)).toBe(2)
  expect(usersIn(`${path}.format-2.backup`)).toEqual(usersIn(path))
  expect(usersIn(path)).toContain('from the log')
})

test('an earlier copy is kept: the next one gets a free name [EF3]', () => {
  const path = oldEnvironment()
  writeFileSync(`${path}.format-2.backup`, 'the only good copy')
  writeFileSync(`${path}.format-2-2.backup`, 'another')

  migrate(path)

  expect(readFileSync(`${path}.format-2.backup`, 'utf8')).toBe('the only good copy')
  expect(readFileSync(`${path}.format-2-2.backup`, 'utf8')).toBe('another')
  expect(formatOf(`${path}.format-2-3.backup`)).toBe(2)
})

test.each(['a file', 'nothing'])('a link to %s under the copy’s name is not followed [EF3]', (what) => {
  const path = oldEnvironment()
  const target = join(temporaryFolder(), 'target')
  if (what === 'a file') writeFileSync(target, 'precious')
  symlinkSync(target, `${path}.format-2.backup`)

  migrate(path)

  expect(existsSync(target) ? readFileSync(target, 'utf8') : null).toBe(what === 'a file' ? 'precious' : null)
  expect(lstatSync(`${path}.format-2.backup`).isSymbolicLink()).toBe(true)
  expect(formatOf(`${path}.format-2-2.backup`)).toBe(2)
})

test('the copy of a file with a long name has a shorter one [EF3, FS2]', () => {
  const path = oldEnvironment(`${'ü'.repeat(119)}.cascade`)

  migrate(path)

  const [copy = '', ...others] = readdirSync(dirname(path)).filter((name) => name !== basename(path))
  expect(others).toEqual([])
  expect(copy).toMatch(/^ü+\.cascade\.format-2\.backup$/)
  expect(formatOf(join(dirname(path), copy))).toBe(2)
})

test('a copy that opens is an environment like the one it was made of [EF3]', () => {
  const path = oldEnvironment()
  migrate(path)
  const copy = `${path}.format-2.backup`

  migrate(copy)

  expect(usersIn(copy)).toEqual(usersIn(path))
  expect(formatOf(copy)).toBe(formatOf(path))
})
