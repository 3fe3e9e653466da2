import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLastAddress, writeLastAddress } from '../../../main/browser/last-address.ts'
import { send, startTestHost } from './support.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'last-address-'))
  path = join(folder, 'browser-host.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const ADDRESS = { port: 8_080, session: 's'.repeat(43) }

test('the next host finds where the one before listened, and nobody else reads it', async () => {
  writeLastAddress(folder, ADDRESS)

  expect(readLastAddress(folder)).toEqual(ADDRESS)
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test.each(['', '{', '{"port":0,"session":"x"}', '{"port":70000}', 'null'])('a damaged note (%s) counts as none', async (text) => {
  await writeFile(path, text)

  expect(readLastAddress(folder)).toBeNull()
})

test('a note is good for a day', async () => {
  writeLastAddress(folder, ADDRESS)
  const dayBefore = Date.now() / 1_000 - 25 * 60 * 60
  await utimes(path, dayBefore, dayBefore)

  expect(readLastAddress(folder)).toBeNull()
  expect(readLastAddress(join(folder, 'missing'))).toBeNull()
})

test('a page of the host before is let in by the next one, at the same address', async () => {
  const first = await startTestHost()
  const cookie = await first.enter()
  const last = first.host.address
  await first.close()

  const second = await startTestHost(undefined, last)

  expect(second.origin).toBe(first.origin)
  expect((await send(second.origin, { headers: { cookie } })).status).toBe(200)
  await second.close()
})

test('where that address is taken, another host has one and a session of its own', async () => {
  const first = await startTestHost()
  const cookie = await first.enter()

  const second = await startTestHost(undefined, first.host.address)

  expect(second.origin).not.toBe(first.origin)
  expect(second.host.address.session).not.toBe(first.host.address.session)
  expect((await send(second.origin, { headers: { cookie } })).status).toBe(401)
  await Promise.all([first.close(), second.close()])
})
