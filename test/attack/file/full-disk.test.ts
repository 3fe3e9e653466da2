import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openEngine } from '#engine'
import { fileFailure } from '#engine/store/file-failure'
import { storeError } from '#engine/store/store-error'
import { cascadeWith } from '../../integration/cli/command-line.ts'
import { countedIds, openLab, START_MS, temporaryFolder } from '../../support/engine.ts'

const FIXTURE = new URL('../../fixtures/environments/format-2-jobs.cascade.gz', import.meta.url)
const LIMIT_PAGES = new URL('../../support/limit-pages.ts', import.meta.url).href

/** Runs a command while no file of an environment may have more than so many pages. */
const onDiskOf = (pages: number, ...args: string[]) =>
  cascadeWith({ NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${LIMIT_PAGES}`, LIMIT_PAGES: String(pages) }, ...args)

const pagesOf = (path: string) => statSync(path).size / 4_096

function closedEnvironment(): string {
  const lab = openLab({ tables: { account: {} }, relationships: [] }).rows({ account: { A: {} } })
  lab.engine.close()
  return lab.path
}

const accountsIn = (path: string): number => {
  const engine = openEngine({ path, mode: 'open', now: () => START_MS, newId: countedIds() })
  const count = engine.as('admin').countRecords('account')
  expect(engine.checkIntegrity()).toEqual([])
  engine.close()
  return count
}

test('generating on a full disk ends with 3 and that answer, and leaves the environment as it was [FS3, EF5]', async () => {
  const path = closedEnvironment()

  const { code, stderr } = await onDiskOf(pagesOf(path) + 20, 'generate', '--into', path, '--table', 'account', '--count', '20000')

  expect(stderr).toContain(`Error [STORE_FULL]: The disk with ${path} is full. Nothing was changed.\nMake room, then try again.`)
  expect(code).toBe(3)
  expect(accountsIn(path)).toBe(1)
})

test('importing on a full disk ends with 3 and that answer, into an old environment and into a new one [FS3, EF5]', async () => {
  const path = closedEnvironment()
  const fresh = join(temporaryFolder(), 'fresh.cascade')
  const source = join(temporaryFolder(), 'accounts.csv')
  writeFileSync(source, `name\n${Array.from({ length: 20_000 }, (_, index) => `${'Contoso '.repeat(10)}${index}`).join('\n')}\n`)

  const old = await onDiskOf(pagesOf(path) + 20, 'import', source, '--into', path, '--table', 'account', '--map', 'name=name')
  const made = await onDiskOf(20, 'import', source, '--into', fresh, '--table', 'account')

  for (const { code, stderr } of [old, made]) {
    expect(stderr).toContain('Error [STORE_FULL]')
    expect(code).toBe(3)
  }
  expect(accountsIn(path)).toBe(1)
  expect(readdirSync(dirname(fresh))).toEqual([])
})

test('making an environment on a full disk ends with 3 and that answer, and leaves nothing [FS3, FS2]', async () => {
  const path = join(temporaryFolder(), 'new.cascade')

  const results = [await onDiskOf(20, 'new', path), await onDiskOf(300, 'new', '--sample', path)]

  for (const { code, stderr } of results) {
    expect(stderr).toContain('Error [STORE_FULL]')
    expect(code).toBe(3)
  }
  expect(readdirSync(dirname(path))).toEqual([])
})

test('a migration on a full disk ends with 3 and that answer, and leaves the file as it was [FS3, EF3]', async () => {
  const path = join(temporaryFolder(), 'old.cascade')
  const before = gunzipSync(readFileSync(FIXTURE))
  writeFileSync(path, before)

  const { code, stderr } = await onDiskOf(before.length / 4_096, 'jobs', path)

  expect(stderr).toContain('Error [STORE_FULL]')
  expect(code).toBe(3)
  const db = new Database(path, { readonly: true })
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

/** A folder whose file system has no room, which every Linux has. */
const FULL_FOLDER = '/proc'

test.runIf(process.platform === 'linux')('where a disk is so full that SQLite cannot even open a file, it is called full [FS3]', () => {
  const path = join(FULL_FOLDER, 'lab.cascade')
  const codes = ['SQLITE_CANTOPEN', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_FULL', 'ENOSPC', 'EDQUOT']

  for (const code of codes) {
    const error = Object.assign(new Error('no'), { code })
    expect(storeError(error, path)).toMatchObject({ code: 'STORE_FULL', details: { path } })
    expect(fileFailure(error, path, () => expect.fail('it is full'))).toMatchObject({ code: 'STORE_FULL' })
  }
})

test('a failure on a disk with room is not called full [FS3]', () => {
  const error = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })

  expect(storeError(error, join(temporaryFolder(), 'lab.cascade'))).toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })
})
