import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { lockEnvironment } from '#engine/store/instance-lock'
import { countedIds, openLab, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'

const given = (path: string) => ({ path, now: () => START_MS, newId: countedIds() })

/** A closed environment with a few rows in a folder of its own. */
function closedEnvironment(): string {
  const path = join(temporaryFolder(), 'closed.cascade')
  const engine = openEngine({ ...given(path), mode: 'create' })
  for (let user = 0; user < 50; user++) engine.as('admin').createRecord('systemuser', { fullname: `user ${user}` })
  engine.close()
  return path
}

const filesBeside = (path: string) => readdirSync(join(path, '..')).sort()

/** Opening is refused, the file is as it was, and nothing lies beside it that did not before. */
function expectRefused(path: string): void {
  const before = { bytes: readFileSync(path), files: filesBeside(path) }

  expect(refusalOf(() => openEngine({ ...given(path), mode: 'open' }))).toEqual({
    code: 'ENVIRONMENT_UNUSABLE',
    platformCode: null,
    details: { path },
  })

  expect(readFileSync(path).equals(before.bytes)).toBe(true)
  expect(filesBeside(path)).toEqual(before.files)
}

test('a new environment holds the root business unit with its default team and the user admin, and nothing else [EF1]', () => {
  const path = join(temporaryFolder(), 'new.cascade')
  const engine = openEngine({ ...given(path), mode: 'create' })
  onTestFinished(() => engine.close())

  const rows = engine
    .model()
    .tables.flatMap(({ logicalName: table }) => engine.as('admin').findRecords({ table, offset: 0, limit: 10 }).rows)
  const [unit, admin] = rows

  expect(rows.map(({ table, values }) => [table, values.name ?? values.fullname])).toEqual([
    ['businessunit', 'root'],
    ['systemuser', 'admin'],
    ['team', 'root'],
  ])
  expect(admin?.values).toMatchObject({
    businessunitid: { id: unit?.id, name: 'root' },
    isdisabled: false,
    createdby: { id: admin?.id },
    createdon: new Date(START_MS).toISOString(),
  })
  expect(engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs).toEqual([])
  expect(engine.info()).toMatchObject({ path, name: 'new', tables: 3, createdOnMs: START_MS })
  expect(engine.checkIntegrity()).toEqual([])
})

test('what was written is there after closing and opening [EF1]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: [] }).rows({ account: { A: { ownerid: 'bob' } } })
  const before = lab.everything()

  lab.reopen()

  expect(lab.everything()).toEqual(before)
})

test('an existing file is not created over [EF2]', () => {
  const path = closedEnvironment()
  const before = readFileSync(path)

  expect(refusalOf(() => openEngine({ ...given(path), mode: 'create' }))).toEqual({
    code: 'ENVIRONMENT_UNUSABLE',
    platformCode: null,
    details: { path },
  })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a file cannot be created in a folder that is missing, nor where a folder lies [EF2]', () => {
  const folder = temporaryFolder()

  for (const path of [join(folder, 'missing', 'x.cascade'), folder])
    expect(refusalOf(() => openEngine({ ...given(path), mode: 'create' }))).toEqual({
      code: 'ENVIRONMENT_UNUSABLE',
      platformCode: null,
      details: { path },
    })
  expect(readdirSync(folder)).toEqual([])
})

test('a creation that fails leaves nothing behind [EF1, EF5]', () => {
  const path = join(temporaryFolder(), 'x.cascade')

  expect(() => openEngine({ path, now: () => START_MS, newId: () => 'no GUID', mode: 'create' })).toThrow()

  expect(filesBeside(path)).toEqual([])
})

test('a missing file and a folder are refused, and nothing is made [EF2]', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'folder.cascade'))

  for (const name of ['missing.cascade', 'folder.cascade']) {
    const path = join(folder, name)
    expect(refusalOf(() => openEngine({ ...given(path), mode: 'open' }))).toEqual({
      code: 'ENVIRONMENT_UNUSABLE',
      platformCode: null,
      details: { path },
    })
  }
  expect(readdirSync(folder)).toEqual(['folder.cascade'])
})

const SQLITE_HEADER = 'SQLite format 3\0'
const foreign: [what: string, content: string | Buffer][] = [
  ['an empty file', ''],
  ['a text file', 'account,name\n1,Contoso\n'.repeat(100)],
  ['a header and nothing else', SQLITE_HEADER],
  ['a header and zeros', Buffer.concat([Buffer.from(SQLITE_HEADER, 'latin1'), Buffer.alloc(8_192)])],
]
for (const [what, content] of foreign)
  test(`${what} is refused and stays as it was [EF2]`, () => {
    const path = join(temporaryFolder(), 'foreign.cascade')
    writeFileSync(path, content)

    expectRefused(path)
  })

for (const journal of ['delete', 'wal'])
  test(`an SQLite file of another program is refused and stays as it was, journal mode ${journal} [EF2]`, () => {
    const path = join(temporaryFolder(), 'foreign.db')
    const db = new Database(path)
    db.pragma(`journal_mode = ${journal}`)
    db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)')
    db.close()

    expectRefused(path)
  })

test('a file whose end is missing is refused, wherever it was cut off [EF2]', () => {
  const whole = closedEnvironment()
  const size = readFileSync(whole).length

  for (const length of [1, 99, 100, 4_096, 4_097, size - 4_096, size - 1]) {
    const path = join(temporaryFolder(), 'cut.cascade')
    copyFileSync(whole, path)
    truncateSync(path, length)
    expectRefused(path)
  }
})

test('a file of a newer version is refused and stays as it was [EF2]', () => {
  const path = closedEnvironment()
  const db = new Database(path)
  db.pragma('user_version = 1000')
  db.close()

  expectRefused(path)
})

test('a file with a damaged page opens or is refused as unusable, and is let go of then [EF2]', () => {
  const whole = readFileSync(closedEnvironment())
  const refused: number[] = []

  for (let page = 0; page < whole.length / 4_096; page++) {
    const path = join(temporaryFolder(), 'damaged.cascade')
    const bytes = Buffer.from(whole)
    bytes.fill(0xa5, page === 0 ? 100 : page * 4_096, (page + 1) * 4_096)
    writeFileSync(path, bytes)
    try {
      openEngine({ ...given(path), mode: 'open' }).close()
    } catch (error) {
      expect(error).toMatchObject({ name: 'EngineError', code: 'ENVIRONMENT_UNUSABLE', platformCode: null, details: { path } })
      refused.push(page)
    }
    expect(filesBeside(path)).toEqual(['damaged.cascade'])
  }

  expect(refused).toContain(0)
  expect(refused.length).toBeGreaterThan(3)
})

test('a file that may not be written to is refused and stays as it was [EF2]', () => {
  const path = closedEnvironment()
  const folder = join(path, '..')
  chmodSync(path, 0o444)
  chmodSync(folder, 0o555)
  onTestFinished(() => chmodSync(folder, 0o755))

  asOrdinaryUser(() => expectRefused(path))
})

/** Permission bits do not bind the superuser, so that the test steps down where it runs as one. */
function asOrdinaryUser(action: () => void): void {
  const before = process.geteuid?.()
  if (before === 0) process.seteuid?.(65_534)
  try {
    action()
  } finally {
    if (before === 0) process.seteuid?.(before)
  }
}

test('a file that another program is writing to is refused, and opens once that is done [EF2]', () => {
  const path = closedEnvironment()
  const other = new Database(path)
  onTestFinished(() => void other.close())
  other.exec('BEGIN IMMEDIATE')

  expect(refusalOf(() => openEngine({ ...given(path), mode: 'open' }))).toEqual({
    code: 'ENVIRONMENT_UNUSABLE',
    platformCode: null,
    details: { path },
  })

  other.exec('ROLLBACK')
  const engine = openEngine({ ...given(path), mode: 'open' })
  expect(engine.as('admin').countRecords('systemuser')).toBe(51)
  engine.close()
})

test('a file whose schema is not that of its format is refused and stays as it was [EF2]', () => {
  const path = closedEnvironment()
  const db = new Database(path)
  db.pragma('user_version = 1')
  db.close()

  expectRefused(path)
})

test('a row’s number is unique over all tables and is never used again, also after a delete [EF4]', () => {
  const lab = openLab({ tables: { account: {}, contact: {} }, relationships: [] }).rows({ account: { A1: {} }, contact: { C1: {} } })
  lab.rows({ account: { A2: {} } })
  lab.create('contact', 'C2')
  const numbersNow = () => {
    const db = new Database(lab.path, { readonly: true })
    const rows = db
      .prepare(`SELECT name, _row FROM account UNION ALL SELECT name, _row FROM contact UNION ALL SELECT fullname, _row FROM systemuser
      UNION ALL SELECT name, _row FROM team UNION ALL SELECT name, _row FROM businessunit`)
      .raw()
      .all() as [string, number][]
    db.close()
    return new Map(rows)
  }
  const before = numbersNow()

  for (const label of ['A1', 'A2', 'C2']) lab.sync(lab.delete(label))
  lab.reopen()
  lab.create('account', 'A3')
  lab.rows({ contact: { C3: {} } })

  const after = numbersNow()
  const highest = Math.max(...before.values())
  expect(new Set(before.values()).size).toBe(before.size)
  expect([after.get('A3'), after.get('C3')].every((number) => number !== undefined && number > highest)).toBe(true)
  expect(after.get('A3')).not.toBe(after.get('C3'))
})

test('a load that was rolled back has taken no numbers that matter [EF4, EF5]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: [] })
  const loader = lab.engine.as('admin').load()
  loader.insert('account', '00000000-0000-0000-0000-00000000b001', { name: 'B' })
  loader.rollback()
  lab.rows({ account: { A: {} } })

  expect(lab.labels('account')).toEqual(['A'])
  expect(existsSync(lab.path)).toBe(true)
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('while another connection writes, a write is refused at once and a read sees the last state [EF5]', () => {
  const lab = openLab({ tables: { account: {} }, relationships: [] }).rows({ account: { A: {} } })
  const other = lab.another()
  const loader = other.as('admin').load()
  loader.insert('account', '00000000-0000-0000-0000-00000000b001', { name: 'B' })

  expect(refusalOf(() => lab.create('account', 'C'))).toMatchObject({
    code: 'STORE_BUSY',
    platformCode: '0x80044151',
    details: { path: lab.path },
  })
  expect(lab.labels('account')).toEqual(['A'])
  loader.commit()
  expect(lab.labels('account')).toEqual(['A', 'B'])
})

test('a second instance is refused an environment that is open, until the first has closed it [EF6]', () => {
  const path = closedEnvironment()
  const lock = lockEnvironment(path)

  expect(refusalOf(() => lockEnvironment(path))).toEqual({ code: 'ENVIRONMENT_UNUSABLE', platformCode: null, details: { path } })
  lock.release()
  lockEnvironment(path).release()

  expect(filesBeside(path)).toEqual(['closed.cascade'])
})

test('the lock of an instance that died holds nobody up [EF6]', () => {
  const path = closedEnvironment()
  const script = `
    const { lockEnvironment } = await import(${JSON.stringify(new URL('../../../main/engine/store/instance-lock.ts', import.meta.url).href)})
    lockEnvironment(${JSON.stringify(path)})
    process.kill(process.pid, 'SIGKILL')`
  const { signal } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script])

  expect(signal).toBe('SIGKILL')
  lockEnvironment(path).release()
})
