import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAnswerCall } from '../../../main/ipc/answer-call.ts'
import type { AppSession } from '../../../main/session/app-session.ts'
import { createChosenFiles } from '../../../main/session/chosen-files.ts'
import { openSession } from '../../../main/session/open-session.ts'

/** A script that has got into the app's page can call every method. */

let folder: string
let session: AppSession
let call: ReturnType<typeof createAnswerCall>
let secret: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-page-'))
  secret = join(folder, 'secret.txt')
  await writeFile(secret, 'user,password\nme,hunter2\n')
  session = openSession({ dataFolder: join(folder, 'data'), host: 'browser' })
  const dialogs = {
    chooseOpen: async () => null,
    chooseSave: async () => null,
    confirmPermissions: async () => false,
    withdraw: () => undefined,
  }
  call = createAnswerCall({ session, dialogs, isUpload: () => false })
  await session.create(join(folder, 'e.cascade'), { sample: false })
})
afterEach(async () => {
  await session.shutDown()
  await rm(folder, { recursive: true, force: true })
})

const caller = '01920000-0000-7000-8000-000000000001'
const invented = 'A'.repeat(32)

test.each<[string, (file: string) => unknown]>([
  ['csv.inspect', (file) => file],
  ['csv.import', (token) => ({ token, mapping: { table: 'account', columns: [] }, caller })],
  ['import.inspect', (file) => file],
  ['import.run', (token) => ({ token, options: {}, caller })],
  ['environment.open', (file) => file],
  ['environment.forget', (file) => file],
  ['plugins.check', (token) => ({ source: { token }, configuration: '' })],
  ['plugins.install', (token) => ({ source: { token }, configuration: '', agreedTo: null, replace: false, isDeveloped: false })],
])('%s reads no file by its path, nor by a token that nobody gave', async (method, input) => {
  const byPath = await call(method, [input(secret)])
  const byToken = await call(method, [input(invented)])

  expect(byPath).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  expect(byToken).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID', hint: 'Choose it again, or drop it on the window.' } })
  expect(JSON.stringify([byPath, byToken])).not.toContain('hunter2')
})

test.each(['../../elsewhere', 'new-folder/x', '/tmp/x', '..', 'C:\\x', 'con'])('no environment is made at %s', async (name) => {
  const answer = await call('environment.create', [{ file: { name }, sample: false }])

  expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  expect(existsSync(join(folder, 'data', 'environments'))).toBe(false)
})

test('a chosen file is read by its token, and a host that was started anew does not know it', async () => {
  const { token } = session.files.give(secret)

  expect(await call('csv.inspect', [token])).toMatchObject({ ok: true, value: { columns: ['user', 'password'] } })
  expect(() => createChosenFiles().pathOf(token)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})

test('the place from which somebody’s environment says that a plug-in came is checked as a plug-in, and read as nothing else', async () => {
  const answer = await call('csv.inspect', [{ plugin: 'audit' }])

  expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
})

test('tokens are not countable, stay the same for a path, and the oldest are forgotten', () => {
  const files = createChosenFiles(2)
  const first = files.give('/data/a.csv')

  expect(files.give('/data/a.csv')).toEqual(first)
  files.give('/data/b.csv')
  files.give('/data/a.csv')
  files.give('/data/c.csv')

  expect(first.token).toMatch(/^[\w-]{32}$/)
  expect(files.pathOf(first.token)).toBe('/data/a.csv')
  expect(files.give('/data/b.csv').token).not.toBe(first.token)
})
