import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRecentEnvironments } from '../../../main/session/recent-environments.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recent-'))
  file = join(folder, 'data', 'recent.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const entry = (name: string, openedOnMs = 0) => ({ path: join(folder, `${name}.cascade`), name, openedOnMs })

test('the newest stands first, and each path once', async () => {
  const recent = openRecentEnvironments(file)

  for (const environment of [entry('a', 1), entry('b', 2), entry('a', 3)]) await recent.remember(environment)

  expect(await recent.list()).toEqual([
    { ...entry('a', 3), exists: false },
    { ...entry('b', 2), exists: false },
  ])
})

test('a later start finds the list, and sees which files are there', async () => {
  await writeFile(entry('a').path, '')
  await openRecentEnvironments(file).remember(entry('a'))

  expect(await openRecentEnvironments(file).list()).toEqual([{ ...entry('a'), exists: true }])
})

test('the list ends after twenty', async () => {
  const recent = openRecentEnvironments(file)

  await Promise.all(Array.from({ length: 25 }, (_, number) => recent.remember(entry(`e${number}`))))

  const list = await recent.list()
  expect(list).toHaveLength(20)
  expect(list[0]?.name).toBe('e24')
})

test('a forgotten entry is gone', async () => {
  const recent = openRecentEnvironments(file)
  await recent.remember(entry('a'))

  await recent.forget(entry('a').path)

  expect(await recent.list()).toEqual([])
})

test.each(['', '{"environments":', '{"environments":[{"path":1}]}', 'null'])(
  'a damaged list (%s) is set aside and a new one begun',
  async (text) => {
    const recent = openRecentEnvironments(file)
    await recent.remember(entry('a'))
    await writeFile(file, text)

    expect(await recent.list()).toEqual([])
    await recent.remember(entry('b'))

    const aside = (await readdir(join(folder, 'data'))).filter((name) => name.includes('damaged'))
    expect(aside).toHaveLength(1)
    expect(await readFile(join(folder, 'data', aside[0] ?? ''), 'utf8')).toBe(text)
    expect((await recent.list()).map(({ name }) => name)).toEqual(['b'])
  },
)
