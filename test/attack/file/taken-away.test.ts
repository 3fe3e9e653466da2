import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openEngine } from '#engine'
import { start } from '../../integration/cli/command-line.ts'
import { countedIds, type Lab, openLab, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'
import { openThreads, refusalOfAsync } from '../../support/workbench.ts'

const MODEL = { tables: { account: {} }, relationships: [] }

/** A closed environment of somebody else, with one account. */
function strangersFile(): string {
  const path = join(temporaryFolder(), 'stranger.cascade')
  const engine = openEngine({ path, mode: 'create', now: () => START_MS, newId: countedIds() })
  engine.as('admin').createRecord('systemuser', { fullname: 'stranger' })
  engine.close()
  return path
}

const beside = (path: string) => readdirSync(dirname(path)).sort()

/** What can happen to an open file. `left` is where its content is afterwards, if anywhere, `there` what lies under its name. */
interface Attack {
  what: string
  loss: 'gone' | 'replaced' | 'changed'
  act(path: string, stranger: string): { left: string | null }
}

const ATTACKS: Attack[] = [
  {
    what: 'renamed in its folder',
    loss: 'gone',
    act(path) {
      const left = join(dirname(path), 'renamed.cascade')
      renameSync(path, left)
      return { left }
    },
  },
  {
    what: 'moved to another folder',
    loss: 'gone',
    act(path) {
      const left = join(temporaryFolder(), 'moved.cascade')
      renameSync(path, left)
      return { left }
    },
  },
  {
    what: 'removed',
    loss: 'gone',
    act(path) {
      rmSync(path)
      return { left: null }
    },
  },
  {
    what: 'replaced by a rename, as sync clients do',
    loss: 'replaced',
    act(path, stranger) {
      renameSync(stranger, path)
      return { left: null }
    },
  },
  {
    what: 'moved away and replaced by a copy',
    loss: 'replaced',
    act(path, stranger) {
      const left = join(dirname(path), 'lab.old')
      renameSync(path, left)
      copyFileSync(stranger, path)
      return { left }
    },
  },
  {
    what: 'replaced by a link',
    loss: 'replaced',
    act(path, stranger) {
      rmSync(path)
      symlinkSync(stranger, path)
      return { left: null }
    },
  },
  {
    what: 'overwritten in place by a backup',
    loss: 'changed',
    act(path, stranger) {
      writeFileSync(path, readFileSync(stranger))
      return { left: null }
    },
  },
  {
    what: 'cut off',
    loss: 'changed',
    act(path) {
      truncateSync(path, 4_096)
      return { left: null }
    },
  },
  {
    what: 'appended to',
    loss: 'changed',
    act(path) {
      appendFileSync(path, 'something')
      return { left: null }
    },
  },
]

const accountsIn = (path: string): string[] => {
  const engine = openEngine({ path, mode: 'open', now: () => START_MS, newId: countedIds() })
  const { rows } = engine.as('admin').findRecords({ table: 'account', offset: 0, limit: 100 })
  expect(engine.checkIntegrity()).toEqual([])
  engine.close()
  return rows.map(({ values }) => String(values.name))
}

describe.each(ATTACKS)('a file that was $what while it was open', ({ loss, act }) => {
  /** An open lab with some accounts in the file and some in the log, then the attack. */
  function attacked(): { lab: Lab; left: string | null; lies: Buffer | null } {
    const lab = openLab(MODEL).rows({ account: { A: {} } })
    lab.reopen()
    lab.rows({ account: { B: {} } })
    const { left } = act(lab.path, strangersFile())
    return { lab, left, lies: existsSync(lab.path) ? readFileSync(lab.path) : null }
  }

  test('is written to no more, and closing says so [FS1]', () => {
    const { lab, lies } = attacked()

    const closing = refusalOf(() => lab.engine.close())

    expect(closing).toMatchObject({ code: 'ENVIRONMENT_LOST', details: { path: lab.path, loss } })
    expect(existsSync(lab.path) ? readFileSync(lab.path) : null).toEqual(lies)
    expect(beside(lab.path).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([])
  })

  test('refuses a write once it is noticed, and what was committed is where the file went [FS1]', () => {
    const { lab, left, lies } = attacked()

    if (loss === 'changed') expect(refusalOf(() => lab.engine.examineFile())).toMatchObject({ code: 'ENVIRONMENT_LOST' })
    expect(refusalOf(() => lab.create('account', 'C'))).toMatchObject({ code: 'ENVIRONMENT_LOST', details: { loss } })
    expect(refusalOf(() => lab.engine.close())).toMatchObject({ code: 'ENVIRONMENT_LOST' })

    if (left !== null) expect(accountsIn(left)).toEqual(['A', 'B'])
    expect(existsSync(lab.path) ? readFileSync(lab.path) : null).toEqual(lies)
  })

  test('stops a job, which is not called completed [FS1, JB3]', async () => {
    const lab = openLab({
      tables: { account: {}, contact: {} },
      relationships: ['account > contact.accountid Assign=Cascade'],
    })
    lab.rows({
      account: { A: { ownerid: 'alice' } },
      contact: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`C${index}`, { accountid: 'A', ownerid: 'alice' }])),
    })
    lab.engine.close()
    const { workbench, time, events } = await openThreads(lab)
    workbench.setFaults({ batchDelayMs: 1, failBatch: null })
    const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
    const ended = refusalOfAsync(workbench.jobEnded(jobId ?? ''))
    await time.someoneWaits()

    act(lab.path, strangersFile())
    const lies = existsSync(lab.path) ? readFileSync(lab.path) : null
    let isOver = false
    void ended.then(() => {
      isOver = true
    })
    while (!isOver) {
      await Promise.race([time.someoneWaits(), ended])
      time.pass()
    }

    expect(await ended).toMatchObject({ code: 'ENVIRONMENT_LOST', details: { loss } })
    expect(events.filter(({ kind }) => kind === 'trouble')).toMatchObject([{ error: { code: 'ENVIRONMENT_LOST' } }])
    expect(await refusalOfAsync(workbench.as('admin').createRecord('account', { name: 'late' }))).toMatchObject({
      code: 'ENVIRONMENT_LOST',
    })
    expect(await refusalOfAsync(workbench.close())).toMatchObject({ code: 'ENVIRONMENT_LOST' })
    expect(existsSync(lab.path) ? readFileSync(lab.path) : null).toEqual(lies)
    expect(beside(lab.path).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([])
  })
})

test('the log of a file that was overwritten is kept under another name, whole [FS1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  lab.reopen()
  lab.rows({ account: { B: {} } })
  const [before, log] = [readFileSync(lab.path), readFileSync(`${lab.path}-wal`)]
  writeFileSync(lab.path, readFileSync(strangersFile()))

  const { details } = refusalOf(() => lab.engine.close())

  expect(readFileSync(String(details.log)).equals(log)).toBe(true)
  const restored = join(temporaryFolder(), 'restored.cascade')
  writeFileSync(restored, before)
  copyFileSync(String(details.log), `${restored}-wal`)
  expect(accountsIn(restored)).toEqual(['A', 'B'])
})

test('a file whose log was removed is brought to an end, with everything that was committed [FS1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  lab.reopen()
  lab.rows({ account: { B: {} } })
  rmSync(`${lab.path}-wal`)

  expect(refusalOf(() => lab.engine.examineFile())).toMatchObject({ code: 'ENVIRONMENT_LOST', details: { loss: 'logGone' } })
  expect(refusalOf(() => lab.engine.close())).toMatchObject({ code: 'ENVIRONMENT_LOST' })

  expect(accountsIn(lab.path)).toEqual(['A', 'B'])
})

test('a program that writes through SQLite is one more user: nothing is lost, and no work stops [FS1, EF5]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  const other = new Database(lab.path)
  other.exec("UPDATE account SET name = 'changed'")
  other.pragma('wal_checkpoint(PASSIVE)')
  other.close()

  lab.engine.examineFile()
  lab.rows({ account: { B: {} } })
  lab.reopen()

  expect(lab.labels('account')).toEqual(['changed', 'B'])
})

test('another log that came with the other file stays with it [FS1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  lab.reopen()
  lab.rows({ account: { B: {} } })
  const other = openLab(MODEL).rows({ account: { X: {} } })
  other.reopen()
  other.rows({ account: { Y: {} } })
  const copy = temporaryFolder()
  for (const ending of ['', '-wal']) copyFileSync(`${other.path}${ending}`, join(copy, `lab.cascade${ending}`))
  for (const ending of ['', '-wal']) renameSync(join(copy, `lab.cascade${ending}`), `${lab.path}${ending}`)

  expect(refusalOf(() => lab.engine.close())).toMatchObject({ code: 'ENVIRONMENT_LOST' })

  expect(accountsIn(lab.path)).toEqual(['X', 'Y'])
})

test('what the log holds goes into a moved file also through a second name of it [FS1]', () => {
  const lab = openLab(MODEL).rows({ account: { A: {} } })
  lab.reopen()
  lab.rows({ account: { B: {} } })
  const second = join(temporaryFolder(), 'second.cascade')
  linkSync(lab.path, second)
  renameSync(strangersFile(), lab.path)

  expect(refusalOf(() => lab.engine.close())).toMatchObject({ code: 'ENVIRONMENT_LOST', details: { loss: 'replaced' } })

  expect(accountsIn(second)).toEqual(['A', 'B'])
})

test('the command line ends with 3 where the file was replaced while it worked [FS1]', async () => {
  const lab = openLab(MODEL)
  lab.engine.close()
  const stranger = strangersFile()
  const bytes = readFileSync(stranger)
  const run = start(['generate', '--into', lab.path, '--table', 'account', '--count', '300000'])
  await run.heard('Generating')

  renameSync(stranger, lab.path)
  const { code, stderr } = await run.ended

  expect(stderr).toContain('was replaced by another file while it was open')
  expect(code).toBe(3)
  expect(readFileSync(lab.path).equals(bytes)).toBe(true)
  expect(beside(lab.path)).toEqual(['lab.cascade'])
})

test('the open environment is no source of an import: reading it would end the locks on it [FS1]', async () => {
  const lab = openLab(MODEL)
  lab.engine.close()
  const { workbench } = await openThreads(lab)
  const link = join(temporaryFolder(), 'data.csv')
  symlinkSync(lab.path, link)

  for (const path of [lab.path, link]) {
    expect(await refusalOfAsync(workbench.inspectSource(path))).toMatchObject({ code: 'IMPORT_FAILED', details: { path } })
    expect(await refusalOfAsync(workbench.inspectCsv(path))).toMatchObject({ code: 'IMPORT_FAILED', details: { path } })
  }
})
