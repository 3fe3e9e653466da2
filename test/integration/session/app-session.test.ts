import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AppSession, defaultFolderOf } from '../../../main/session/app-session.ts'
import { openSession } from '../../../main/session/open-session.ts'
import type { EventMessage } from '../../../preload/wire.ts'

let dataFolder: string
let session: AppSession
let heard: EventMessage[]
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'session-'))
  session = begin()
})
afterEach(async () => {
  await session.shutDown()
  await rm(dataFolder, { recursive: true, force: true })
})

function begin(): AppSession {
  const begun = openSession({ dataFolder, host: 'browser' })
  heard = []
  begun.subscribe((message) => heard.push(message))
  return begun
}
const inData = (name: string): string => join(defaultFolderOf(dataFolder), name)

test('the first start makes the sample and opens it', async () => {
  await session.start()

  const { environment, recent } = await session.info()
  expect(environment?.path).toBe(inData('Sample.cascade'))
  expect(recent.map(({ path, exists }) => ({ path, exists }))).toEqual([{ path: inData('Sample.cascade'), exists: true }])
  expect(session.workbench().model().tables.length).toBeGreaterThan(5)
})

test('a later start opens what was open last', async () => {
  await session.start()
  await session.create(inData('mine.cascade'), { sample: false })
  await session.shutDown()

  session = begin()
  await session.start()

  expect((await session.info()).environment?.path).toBe(inData('mine.cascade'))
})

test('a start after the recent list was lost opens the sample that is there', async () => {
  await session.start()
  await session.shutDown()
  await writeFile(join(dataFolder, 'recent.json'), 'damaged')

  session = begin()
  await session.start()

  expect((await session.info()).environment?.path).toBe(inData('Sample.cascade'))
})

test('an environment that is gone is passed over at the start', async () => {
  await session.start()
  await session.create(inData('gone.cascade'), { sample: false })
  await session.shutDown()
  await rm(inData('gone.cascade'))

  session = begin()
  await session.start()

  expect((await session.info()).environment?.path).toBe(inData('Sample.cascade'))
})

test('opening another closes the one before, and is announced', async () => {
  await session.create(inData('first.cascade'), { sample: false })
  const first = session.workbench()

  await session.create(inData('second.cascade'), { sample: false })

  expect(() => first.info()).toThrow()
  expect(heard.flatMap(({ event, data }) => (event === 'environment' ? [data?.path] : []))).toEqual([
    inData('first.cascade'),
    inData('second.cascade'),
  ])
})

test('a file that is no environment is refused, and the one before stays open', async () => {
  await session.create(inData('mine.cascade'), { sample: false })
  await writeFile(inData('note.txt'), 'This is no environment, and long enough to be read as one. '.repeat(20))

  await expect(session.open(inData('note.txt'))).rejects.toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })

  expect((await session.info()).environment?.path).toBe(inData('mine.cascade'))
})

test('a new environment never replaces a file', async () => {
  await mkdir(defaultFolderOf(dataFolder), { recursive: true })
  await writeFile(inData('mine.cascade'), 'precious')

  await expect(session.create(inData('mine.cascade'), { sample: false })).rejects.toThrow()
  await expect(session.create(inData('mine.cascade'), { sample: true })).rejects.toThrow()
})

test('opening what is open changes nothing', async () => {
  await session.create(inData('mine.cascade'), { sample: false })
  const before = session.workbench()

  await session.open(inData('mine.cascade'))

  expect(session.workbench()).toBe(before)
})

test('a closed environment can be opened again, and calls in between are refused', async () => {
  await session.create(inData('mine.cascade'), { sample: false })

  await session.closeEnvironment()

  expect(() => session.workbench()).toThrow(expect.objectContaining({ code: 'ENVIRONMENT_UNUSABLE' }))
  expect(heard.at(-1)).toEqual({ event: 'environment', data: null })
  expect(await session.open(inData('mine.cascade'))).toMatchObject({ path: inData('mine.cascade') })
})

test('moves asked for at the same time are made one after another', async () => {
  const names = ['a.cascade', 'b.cascade', 'c.cascade']

  await Promise.all(names.map((name) => session.create(inData(name), { sample: false })))

  expect((await session.info()).environment?.path).toBe(inData('c.cascade'))
  expect((await session.info()).recent).toHaveLength(3)
})

test('after shutting down nothing is opened any more', async () => {
  await session.shutDown()

  await expect(session.create(inData('late.cascade'), { sample: false })).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(existsSync(inData('late.cascade'))).toBe(false)
})

test('what the workbench announces reaches the renderer', async () => {
  await session.start()

  await session.workbench().changeSettings({ batchSize: 123 })

  await expect.poll(() => heard.find(({ event }) => event === 'settings')?.data).toMatchObject({ batchSize: 123 })
})

test('closing says what it waits for, and what it could not finish leaves nothing', async () => {
  await session.start()
  const { administratorId } = session.workbench().info()
  const accounts = await session.workbench().as(administratorId).countRecords('account')
  const endless = session
    .workbench()
    .as(administratorId)
    .generate([{ table: 'account', count: 10_000_000 }])
  endless.catch(() => undefined)
  await expect.poll(() => heard.some(({ event }) => event === 'progress')).toBe(true)

  await session.closeEnvironment()

  expect(heard.filter(({ event }) => event === 'closing' || event === 'environment').slice(-2)).toEqual([
    { event: 'closing', data: { waitsFor: [{ key: 'workbench.underWay.generate' }] } },
    { event: 'environment', data: null },
  ])
  await expect(endless).rejects.toMatchObject({ code: 'WORKER_LOST' })
  await session.start()
  expect(await session.workbench().as(administratorId).countRecords('account')).toBe(accounts)
})
