import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { type InstanceLock, lockEnvironment } from '#engine/store/instance-lock'
import { tryLock } from '#engine/store/lock-file'
import { cascade } from '../../integration/cli/command-line.ts'
import { countedIds, refusalOf, START_MS, temporaryFolder } from '../../support/engine.ts'

function closedEnvironment(): string {
  const path = join(temporaryFolder(), 'lab.cascade')
  openEngine({ path, mode: 'create', now: () => START_MS, newId: countedIds() }).close()
  return path
}

function held(path: string): InstanceLock {
  const lock = lockEnvironment(path)
  onTestFinished(() => lock.release())
  return lock
}

const refused = (path: string) => ({ code: 'ENVIRONMENT_UNUSABLE', platformCode: null, details: { path } })

/** Other ways to the same file. Each returns another path to it. */
const WAYS: Record<string, (path: string) => string> = {
  'a symbolic link beside it': (path) => {
    const other = join(dirname(path), 'other.cascade')
    symlinkSync(path, other)
    return other
  },
  'a symbolic link in another folder': (path) => {
    const other = join(temporaryFolder(), 'other.cascade')
    symlinkSync(path, other)
    return other
  },
  'a link to a link': (path) => {
    const [first, second] = [join(temporaryFolder(), 'first.cascade'), join(temporaryFolder(), 'second.cascade')]
    symlinkSync(path, first)
    symlinkSync(first, second)
    return second
  },
  'a link to its folder': (path) => {
    const folder = join(temporaryFolder(), 'folder')
    symlinkSync(dirname(path), folder)
    return join(folder, 'lab.cascade')
  },
  'a relative path': (path) => relative(process.cwd(), path),
}

describe.each(Object.entries(WAYS))('through %s', (_way, otherPathTo) => {
  test('a second instance is refused, whichever came first [EF6]', () => {
    const path = closedEnvironment()
    const other = otherPathTo(path)

    const first = held(path)
    expect(refusalOf(() => lockEnvironment(other))).toEqual(refused(other))
    first.release()
    held(other)
    expect(refusalOf(() => lockEnvironment(path))).toEqual(refused(path))
  })
})

test.each([
  ['in its folder', (path: string) => join(dirname(path), 'renamed.cascade')],
  ['to another folder', () => join(temporaryFolder(), 'moved.cascade')],
])('a file that was moved %s while it is open is refused to a second instance, and so when it is moved back [EF6]', (_where, nameFor) => {
  const path = closedEnvironment()
  const moved = nameFor(path)
  held(path)

  renameSync(path, moved)
  expect(refusalOf(() => lockEnvironment(moved))).toEqual(refused(moved))
  renameSync(moved, path)
  expect(refusalOf(() => lockEnvironment(path))).toEqual(refused(path))
})

test('what was opened after it was moved keeps its old name free for another file [EF6]', () => {
  const path = closedEnvironment()
  const moved = join(temporaryFolder(), 'moved.cascade')
  renameSync(path, moved)
  held(moved)

  openEngine({ path, mode: 'create', now: () => START_MS, newId: countedIds() }).close()

  held(path)
})

test.each([
  ['beside it', (path: string) => join(dirname(path), 'second.cascade')],
  ['in another folder', () => join(temporaryFolder(), 'second.cascade')],
])('a file with a second name %s is refused through either, until the other is removed [EF6]', (_where, nameFor) => {
  const path = closedEnvironment()
  const second = nameFor(path)
  linkSync(path, second)

  for (const name of [path, second]) expect(refusalOf(() => lockEnvironment(name))).toEqual(refused(name))
  rmSync(second)
  held(path)
})

test('a second name that is made while the file is open lets nobody in [EF6]', () => {
  const path = closedEnvironment()
  const second = join(temporaryFolder(), 'second.cascade')
  held(path)
  linkSync(path, second)

  expect(refusalOf(() => lockEnvironment(second))).toEqual(refused(second))
})

test('nothing is left of locks, neither beside the file nor of a refusal [EF6]', async () => {
  const path = closedEnvironment()
  const first = lockEnvironment(path)
  expect(refusalOf(() => lockEnvironment(path))).toEqual(refused(path))
  first.release()

  mkdirSync(join(dirname(path), 'lab.cascade.lock'))
  expect(refusalOf(() => lockEnvironment(path))).toEqual(refused(path))
  rmSync(join(dirname(path), 'lab.cascade.lock'), { recursive: true })
  held(path).release()
})

test('the command line ends with 3 while another process has the file under another name [EF6]', async () => {
  const path = closedEnvironment()
  const moved = join(temporaryFolder(), 'moved.cascade')
  held(path)
  renameSync(path, moved)

  const { code, stderr } = await cascade('jobs', moved)

  expect(stderr).toContain('is open in another window or program')
  expect(code).toBe(3)
})

test('a lock outlasts that its own process tries to get it again [EF6]', () => {
  const path = join(temporaryFolder(), 'small.lock')
  const release = tryLock(path)
  expect(tryLock(path)).toBe(undefined)

  const module = JSON.stringify(import.meta.resolve('#engine/store/lock-file'))
  const program = `import { tryLock } from ${module}; process.stdout.write(String(tryLock(${JSON.stringify(path)})))`
  const answer = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program])

  expect(String(answer)).toBe('undefined')
  release?.()
})
