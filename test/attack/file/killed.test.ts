import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openEngine } from '#engine'
import { lockEnvironment } from '#engine/store/instance-lock'
import { FORMAT_VERSION } from '#engine/store/migrations/index'
import { countedIds, START_MS, temporaryFolder } from '../../support/engine.ts'

const FIXTURE = gunzipSync(readFileSync(new URL('../../fixtures/environments/format-2-jobs.cascade.gz', import.meta.url)))
const EACH_CALL = new URL('../../support/crash/each-call.ts', import.meta.url).href
const urlOf = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href)

/** Work on the file `path`, in which a process is killed. */
interface Work {
  name: string
  /** What lies under the name before. */
  before: Buffer | null
  /** The process's code. */
  code: string
  /** Statements between two that count. */
  statementsACount: number
}

const WORKS: Work[] = [
  {
    name: 'creating an environment',
    before: null,
    code: `const { openEngine } = await import(${urlOf('main/engine/index.ts')})
      openEngine({ path, mode: 'create', now, newId }).close()`,
    statementsACount: 50,
  },
  {
    name: 'creating the sample',
    before: null,
    code: `const { createSampleEnvironment } = await import(${urlOf('main/sample/index.ts')})
      await createSampleEnvironment(path, { now, newId })`,
    statementsACount: 2_000,
  },
  {
    name: 'migrating an environment, with the copy before it',
    before: FIXTURE,
    code: `const { openEngine } = await import(${urlOf('main/engine/index.ts')})
      openEngine({ path, mode: 'open', now, newId }).close()`,
    statementsACount: 1,
  },
  {
    name: 'importing into a new environment',
    before: null,
    code: `process.argv.push('import', source, '--into', path, '--table', 'systemuser', '--map', 'fullname=fullname')
      await import(${urlOf('main/cli/index.ts')})`,
    statementsACount: 50,
  },
  {
    name: 'keeping the environment of a scenario in place of an older one',
    before: FIXTURE,
    code: `const { replaceEnvironment } = await import(${urlOf('main/scenario/kept-environment.ts')})
      const { openEngine } = await import(${urlOf('main/engine/index.ts')})
      openEngine({ path: made, mode: 'create', now, newId }).close()
      replaceEnvironment(made, path)`,
    statementsACount: 50,
  },
]

/** Does the work in a process of its own. Returns the signal that ended it, if one did. */
async function runWork({ code, statementsACount }: Work, folder: string, environment: Record<string, string>): Promise<string | null> {
  const other = temporaryFolder()
  const source = join(other, 'users.csv')
  writeFileSync(source, 'fullname\nAda\nBo\n')
  const script = `const [path, source, made] = ${JSON.stringify([join(folder, 'lab.cascade'), source, join(other, 'made.cascade')])}
    let ids = 0
    const newId = () => '00000000-0000-7000-8000-' + String(++ids).padStart(12, '0')
    const now = () => 0
    ${code}`
  writeFileSync(join(other, 'work.mjs'), script)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', EACH_CALL, join(other, 'work.mjs')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CASCADE_DATA_FOLDER: join(other, 'data'),
      FOLDER: folder,
      STATEMENTS_A_COUNT: String(statementsACount),
      ...environment,
    },
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (signal === null) expect([status, errors]).toEqual([0, expect.not.stringContaining('Error')])
  return signal
}

function folderBefore({ before }: Work): string {
  const folder = temporaryFolder()
  if (before) writeFileSync(join(folder, 'lab.cascade'), before)
  return folder
}

/** Opens an environment as the next start would, and returns its users. */
function usersIn(path: string): string[] {
  const lock = lockEnvironment(path)
  const engine = openEngine({ path, mode: 'open', now: () => START_MS, newId: countedIds() })
  const { rows } = engine.as('admin').findRecords({ table: 'systemuser', offset: 0, limit: 100 })
  expect(engine.checkIntegrity()).toEqual([])
  expect(engine.info().formatVersion).toBe(FORMAT_VERSION)
  engine.close()
  lock.release()
  return rows.map(({ values }) => String(values.fullname)).sort()
}

/** What may lie beside an environment: whole copies from before a migration. */
function expectTidy(folder: string, at: string): void {
  for (const name of readdirSync(folder).filter((found) => found !== 'lab.cascade')) {
    expect(name, at).toMatch(/^lab\.cascade\.format-2(-2)?\.backup$/)
    const copy = new Database(join(folder, name), { readonly: true })
    expect([copy.pragma('user_version', { simple: true }), copy.pragma('integrity_check', { simple: true })], at).toEqual([2, 'ok'])
    copy.close()
  }
}

test.each(WORKS)('$name, killed at any call, leaves a whole file or none, and can be done again [FS2, EF3]', async (work) => {
  const [folder, copies] = [folderBefore(work), temporaryFolder()]
  expect(await runWork(work, folder, { COPIES: copies })).toBe(null)
  const after = usersIn(join(folder, 'lab.cascade'))
  const before = work.before ? usersIn(join(folderBefore(work), 'lab.cascade')) : null
  const seen = { none: 0, before: 0, after: 0 }
  const calls = readdirSync(copies).length

  for (let call = 1; call <= calls; call++) {
    const left = join(copies, String(call))
    const path = join(left, 'lab.cascade')
    const at = `killed at call ${call} of ${calls}`
    if (!existsSync(path)) {
      seen.none++
      openEngine({ path, mode: 'create', now: () => START_MS, newId: countedIds() }).close()
      expect(usersIn(path), at).toEqual(['admin'])
    } else {
      const users = usersIn(path)
      expect([before, after], at).toContainEqual(users)
      if (JSON.stringify(users) === JSON.stringify(after)) seen.after++
      else seen.before++
    }
    expect(statSync(path).nlink, at).toBe(1)
    expectTidy(left, at)
  }

  expect(calls).toBeGreaterThan(20)
  expect(Math.min(work.before ? seen.before + seen.after : seen.none, seen.after), JSON.stringify(seen)).toBeGreaterThan(0)
})

test.each(WORKS)('$name can be done again after a real kill [FS2, EF3]', async (work) => {
  const folder = folderBefore(work)

  expect(await runWork(work, folder, { KILL_AT: '18' })).toBe('SIGKILL')
  if (work.before) usersIn(join(folder, 'lab.cascade'))
  expect(await runWork(work, folder, {})).toBe(null)

  expect(usersIn(join(folder, 'lab.cascade')).length).toBeGreaterThan(0)
  expectTidy(folder, 'after a kill')
})
