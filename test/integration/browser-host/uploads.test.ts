import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChosenFile } from '#contract'
import { createUploads } from '../../../main/browser/uploads.ts'
import { type Reply, send, startTestHost, type TestHost } from './support.ts'

let running: TestHost
let headers: { cookie: string; origin: string }
beforeEach(async () => {
  running = await startTestHost({ bytes: 1_000, files: 3 })
  headers = { cookie: await running.enter(), origin: running.origin }
})
afterEach(() => running.close())

async function start(): Promise<string> {
  const { body } = await send(`${running.origin}/upload`, { method: 'POST', headers })
  return (JSON.parse(body) as { id: string }).id
}
const put = (id: string, name: string, body: string): Promise<Reply> =>
  send(`${running.origin}/upload/${id}?name=${encodeURIComponent(name)}`, { method: 'PUT', headers, body })
/** The path behind the token in an answer. */
const pathIn = ({ body }: Reply, { session } = running): string => session.files.pathOf((JSON.parse(body) as ChosenFile).token)

test('a file arrives whole, under its name, and the page learns no path', async () => {
  const reply = await put(await start(), 'Contoso solution.zip', 'content')
  const path = pathIn(reply)

  expect(JSON.parse(reply.body)).toEqual({ token: expect.any(String), name: 'Contoso solution.zip' })
  expect(path.endsWith('Contoso solution.zip')).toBe(true)
  expect(await readFile(path, 'utf8')).toBe('content')
})

test('a folder arrives with its folders, and its own path is the answer', async () => {
  const id = await start()

  const first = pathIn(await put(id, 'Contoso/Other/Solution.xml', '<a/>'))
  const second = pathIn(await put(id, 'Contoso/Entities/Account/Entity.xml', '<b/>'))

  expect(second).toBe(first)
  expect(await readFile(join(first, 'Other/Solution.xml'), 'utf8')).toBe('<a/>')
  expect(await readFile(join(first, 'Entities/Account/Entity.xml'), 'utf8')).toBe('<b/>')
})

test('an environment is kept where it outlives the host, and replaces none', async () => {
  const first = pathIn(await put(await start(), 'demo.cascade', 'one'))
  const second = pathIn(await put(await start(), 'demo.cascade', 'two'))

  expect(first).toBe(join(running.folder, 'environments', 'demo.cascade'))
  expect(second).toBe(join(running.folder, 'environments', 'demo (2).cascade'))
  expect(await readFile(first, 'utf8')).toBe('one')
})

test.each([
  '../outside.zip',
  'a/../../outside.zip',
  '/etc/passwd',
  'a//b',
  '',
  '.',
  '..',
  'a/',
  'C:\\x.zip',
  'a\\b.zip',
  'x\0.zip',
  'x\n.zip',
  'con',
  'NUL.txt',
  'folder/aux.xml',
  'trailing.',
  'trailing ',
  'a:b',
  'what?.xml',
  'x'.repeat(201),
  `${'a/'.repeat(40)}x`,
])('the name %j is refused', async (name) => {
  const reply = await put(await start(), name, 'content')

  expect(reply.status).toBe(400)
})

test('an upload that grows beyond its limit is refused, over all of its files', async () => {
  const id = await start()

  expect((await put(id, 'first.bin', 'x'.repeat(900))).status).toBe(200)
  expect((await put(id, 'second.bin', 'x'.repeat(200))).status).toBe(413)
})

test('too many files are refused', async () => {
  const id = await start()
  for (const name of ['1', '2', '3']) await put(id, name, '')

  expect((await put(id, '4', '')).status).toBe(413)
})

test('a file is never written over', async () => {
  const id = await start()
  const path = pathIn(await put(id, 'a.txt', 'first'))

  expect((await put(id, 'a.txt', 'second')).status).toBe(409)
  expect(await readFile(path, 'utf8')).toBe('first')
})

test.each(['unknown', '../x', '__proto__'])('the upload %s is not known', async (id) => {
  expect((await put(encodeURIComponent(id), 'a.txt', '')).status).toBe(404)
})

test('an upload needs the cookie and our own page', async () => {
  const { cookie, origin } = headers
  const upload = `${running.origin}/upload`

  expect((await send(upload, { method: 'POST', headers: { origin } })).status).toBe(401)
  expect((await send(upload, { method: 'POST', headers: { cookie } })).status).toBe(403)
  expect((await send(upload, { method: 'POST', headers: { cookie, origin: 'http://evil.example' } })).status).toBe(403)
  expect((await send(upload, { method: 'POST', headers: { cookie, origin: 'null' } })).status).toBe(403)
})

test('closing the host removes what was uploaded', async () => {
  const other = await startTestHost()
  const mine = { cookie: await other.enter(), origin: other.origin }
  const { body } = await send(`${other.origin}/upload`, { method: 'POST', headers: mine })
  const { id } = JSON.parse(body) as { id: string }
  const path = pathIn(await send(`${other.origin}/upload/${id}?name=a.txt`, { method: 'PUT', headers: mine, body: 'x' }), other)

  await other.close()

  expect(existsSync(dirname(dirname(path)))).toBe(false)
})

test('what was uploaded is known as such, and nothing else is', async () => {
  const uploads = createUploads({ bytes: 1_000, files: 3 }, join(running.folder, 'environments'))
  const path = await uploads.receive(await uploads.start(), 'audit/index.ts', Readable.from([Buffer.from('export default {}')]))

  expect([path, join(path, 'index.ts')].map(uploads.holds)).toEqual([true, true])
  expect([dirname(path), join(path, '../../elsewhere'), `${dirname(path)}-other/audit`, '/plugins/audit'].map(uploads.holds)).toEqual(
    Array(4).fill(false),
  )
  await uploads.close()
})
