import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openEngine } from '#engine'
import { draftOf } from '#engine/store/draft'
import { beginFile } from '#engine/store/file'
import { lockEnvironment } from '#engine/store/instance-lock'
import { createSampleEnvironment } from '../../../main/sample/index.ts'
import { cascade } from '../../integration/cli/command-line.ts'
import { countedIds, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'

const given = (path: string) => ({ path, now: () => START_MS, newId: countedIds() })
const create = (path: string) => openEngine({ ...given(path), mode: 'create' }).close()
const usersIn = (path: string): number => {
  const engine = openEngine({ ...given(path), mode: 'open' })
  const count = engine.as('admin').countRecords('systemuser')
  engine.close()
  return count
}
const refused = (path: string) => ({ code: 'ENVIRONMENT_UNUSABLE', platformCode: null, details: { path } })

/** A name of so many bytes. */
const nameOf = (bytes: number) => `${'n'.repeat(bytes - '.cascade'.length)}.cascade`

test.each([246, 247])('a name of %i bytes works like any other [FS2]', (bytes) => {
  const path = join(temporaryFolder(), nameOf(bytes))

  create(path)
  lockEnvironment(path).release()

  expect(usersIn(path)).toBe(1)
  expect(readdirSync(dirname(path))).toEqual([nameOf(bytes)])
})

test.each([248, 249, 250, 251, 252, 253, 254, 255])('a name of %i bytes is refused before anything is made [FS2]', (bytes) => {
  const path = join(temporaryFolder(), nameOf(bytes))

  expect(refusalOf(() => create(path))).toEqual(refused(path))
  expect(refusalOf(() => lockEnvironment(path))).toEqual(refused(path))
  expect(refusalOf(() => beginFile(path))).toEqual(refused(path))
  expect(readdirSync(dirname(path))).toEqual([])
})

test('the command line refuses too long a name with 3, and leaves nothing [FS2]', async () => {
  const path = join(temporaryFolder(), nameOf(250))

  for (const args of [['new'], ['new', '--sample']]) {
    const { code, stderr } = await cascade(...args, path)
    expect(stderr).toContain('its name is longer than 247 bytes')
    expect(code).toBe(3)
  }
  expect(readdirSync(dirname(path))).toEqual([])
})

test('letters of several bytes count as such [FS2]', () => {
  const path = join(temporaryFolder(), `${'ü'.repeat(122)}.cascade`)

  expect(refusalOf(() => create(path))).toEqual(refused(path))
})

test('a name that ends with a space is refused: SQLite would open another file [FS2]', () => {
  const path = join(temporaryFolder(), 'lab.cascade ')

  expect(refusalOf(() => create(path))).toEqual(refused(path))
  expect(readdirSync(dirname(path))).toEqual([])
})

test.each(['-wal', '-shm', '-journal'])('somebody’s %s stays as it is where a file would be made beside it [FS2]', async (ending) => {
  const path = join(temporaryFolder(), 'lab.cascade')
  writeFileSync(path + ending, 'what somebody needs')

  expect(refusalOf(() => create(path))).toEqual(refused(path))
  await expect(createSampleEnvironment(path, given(path))).rejects.toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })

  expect(readdirSync(dirname(path))).toEqual([`lab.cascade${ending}`])
  expect(readFileSync(path + ending, 'utf8')).toBe('what somebody needs')
})

test('a link that leads nowhere is not followed [FS2]', () => {
  const folder = temporaryFolder()
  const [path, target] = [join(folder, 'lab.cascade'), join(folder, 'target.cascade')]
  symlinkSync(target, path)

  expect(refusalOf(() => create(path))).toEqual(refused(path))

  expect(existsSync(target)).toBe(false)
  expect(lstatSync(path).isSymbolicLink()).toBe(true)
})

test('a file that somebody makes meanwhile under the name is not written over [FS2]', () => {
  const path = join(temporaryFolder(), 'lab.cascade')
  const draft = beginFile(path)
  openEngine({ ...given(path), mode: 'create', draft: draft.path }).close()
  writeFileSync(path, 'somebody else was faster')

  expect(refusalOf(() => draft.place())).toEqual(refused(path))
  draft.discard()

  expect(readFileSync(path, 'utf8')).toBe('somebody else was faster')
  expect(readdirSync(dirname(path))).toEqual(['lab.cascade'])
})

test('nobody sees a file before it is whole [FS2]', async () => {
  const path = join(temporaryFolder(), 'lab.cascade')
  const seen = new Set<boolean>()
  const newId = countedIds()

  await createSampleEnvironment(path, {
    now: () => START_MS,
    newId: () => {
      seen.add(existsSync(path))
      return newId()
    },
  })

  expect([...seen]).toEqual([false])
  expect(readdirSync(dirname(path))).toEqual(['lab.cascade'])
  expect(statSync(path).nlink).toBe(1)
})

/** Runs code in a process of its own that kills itself. */
function killed(code: string): void {
  const urlOf = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href)
  const script = `
    const { draftOf } = await import(${urlOf('main/engine/store/draft.ts')})
    const { openEngine } = await import(${urlOf('main/engine/index.ts')})
    const fs = await import('node:fs')
    ${code}
    process.kill(process.pid, 'SIGKILL')`
  const { signal, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script])
  expect([signal, String(stderr)]).toEqual(['SIGKILL', ''])
}

test('drafts of a process that died go with the next creation; those of a living one stay [FS2]', () => {
  const folder = temporaryFolder()
  killed(`
    const draft = draftOf(${JSON.stringify(join(folder, 'dead.cascade'))})
    for (const ending of ['', '-wal', '-shm', '-journal']) fs.writeFileSync(draft.path + ending, 'half')`)
  expect(readdirSync(folder).length).toBe(5)
  const alive = draftOf(join(folder, 'alive.cascade'))
  writeFileSync(alive.path, 'being made')

  create(join(folder, 'lab.cascade'))

  expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['lab.cascade'])
  expect(readFileSync(alive.path, 'utf8')).toBe('being made')
  alive.discard()
  expect(readdirSync(folder)).toEqual(['lab.cascade'])
})

test('a file whose creation was killed between its two names opens, and loses the draft’s name [FS2, EF6]', () => {
  const path = join(temporaryFolder(), 'lab.cascade')
  create(path)
  linkSync(path, join(dirname(path), '.cascade-0123456789abcdef.draft'))

  lockEnvironment(path).release()

  expect(usersIn(path)).toBe(1)
  expect(readdirSync(dirname(path))).toEqual(['lab.cascade'])
})

test('an import into a new file that fails, or is interrupted, leaves nothing [FS2]', async () => {
  const path = join(temporaryFolder(), 'lab.cascade')
  const source = join(temporaryFolder(), 'source.csv')
  writeFileSync(source, 'name\nContoso\n')

  const { code } = await cascade('import', source, '--into', path, '--table', 'nothing')

  expect(code).not.toBe(0)
  expect(readdirSync(dirname(path))).toEqual([])
})

test('what is made is on the disk under its name in the end, as a whole database without a log [FS2]', () => {
  const path = join(temporaryFolder(), 'lab.cascade')
  create(path)

  const db = new Database(path, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})
