import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { sendQuestion } from '../../../main/browser/question-page.ts'
import { createQuestions } from '../../../main/browser/questions.ts'
import type { HostMessage } from '../../../preload/wire.ts'
import { openSocket, send, startTestHost, type TestHost } from '../../integration/browser-host/support.ts'

/** The app's page, taken over by a script, knows the address of a question and tries to answer it itself. */

let running: TestHost
let cookie: string
let socket: WebSocket
let heard: HostMessage[]
beforeEach(async () => {
  running = await startTestHost()
  cookie = await running.enter()
  socket = await connect()
  heard = []
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as HostMessage))
})
afterEach(() => running.close())

async function connect(): Promise<WebSocket> {
  const opened = await openSocket(`ws://${running.address}/socket`, { cookie, origin: running.origin })
  if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
  return opened
}

/** What a browser says when it shows an address in a window, which no script can say. */
const WINDOW = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Asks for a path, and returns the address of the question. */
async function ask(id = 1): Promise<string> {
  socket.send(JSON.stringify({ id, method: 'dialog.chooseOpen', args: [{ kind: 'csv' }] }))
  await expect.poll(() => addresses().length).toBe(id)
  return running.origin + addresses().at(-1)
}
const addresses = () =>
  heard.flatMap((message) => ('event' in message && message.event === 'question' && message.data ? [message.data.url] : []))
const answerTo = (call: number) => heard.flatMap((message) => ('id' in message && message.id === call ? [message.answer] : []))[0]
const keyIn = (html: string): string => /name="key" value="([\w-]+)"/.exec(html)?.[1] ?? expect.fail('the page has no key')
const open = (url: string) => send(url, { headers: { cookie, ...WINDOW } })
const post = (url: string, fields: Record<string, string>) =>
  send(url, { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() })

test('a person answers in a window of its own, and the page gets a token', async () => {
  const url = await ask()
  const { body, headers } = await open(url)
  const done = await post(url, { key: keyIn(body), answer: 'yes', path: running.folder })

  expect(done.status).toBe(200)
  await expect.poll(() => answerTo(1)).toEqual({ ok: true, value: { token: expect.any(String), name: expect.any(String) } })
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['content-security-policy']).toContain('sandbox allow-forms')
  expect(headers['content-security-policy']).not.toContain('script')
  expect(headers['cross-origin-opener-policy']).toBe('unsafe-none')
  expect(headers['cache-control']).toBe('no-store')
})

test.each<[string, Record<string, string>]>([
  ['fetch', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }],
  ['a frame', { ...WINDOW, 'sec-fetch-dest': 'iframe' }],
  ['an object', { ...WINDOW, 'sec-fetch-dest': 'object' }],
  ['a service worker', { ...WINDOW, 'service-worker': 'script' }],
  ['a browser that does not say', {}],
])('%s gets no page with a key', async (_, headers) => {
  const url = await ask()

  const reply = await send(url, { headers: { cookie, ...headers } })

  expect(reply.status).toBe(403)
  expect(reply.body).not.toContain('key')
})

test('a window without the session gets no page', async () => {
  const reply = await send(await ask(), { headers: WINDOW })

  expect(reply.status).toBe(401)
})

test('no key, an invented one and a used one answer nothing', async () => {
  const url = await ask()
  const yes = { answer: 'yes', path: running.folder }

  expect((await post(url, yes)).status).toBe(403)
  const first = keyIn((await open(url)).body)
  const second = keyIn((await open(url)).body)
  expect((await post(url, { ...yes, key: '' })).status).toBe(403)
  expect((await post(url, { ...yes, key: 'A'.repeat(32) })).status).toBe(403)
  expect((await post(url, { ...yes, key: first })).status).toBe(403)
  expect(answerTo(1)).toBeUndefined()

  expect((await post(url, { ...yes, key: second })).status).toBe(200)
  expect((await post(url, { ...yes, key: second })).status).toBe(404)
})

test.each([
  ['relative.csv', 'Write the whole path, from the root of the file system.'],
  ['/no/such/file.csv', 'There is no such file or folder.'],
])('the path %s is asked for again', async (path, problem) => {
  const url = await ask()

  const again = await post(url, { key: keyIn((await open(url)).body), answer: 'yes', path })

  expect(again.body).toContain(problem)
  expect(again.body).toContain(`value="${path}"`)
  expect(answerTo(1)).toBeUndefined()
  expect((await post(url, { key: keyIn(again.body), answer: 'yes', path: running.folder })).status).toBe(200)
})

test('an answer beyond every measure is refused', async () => {
  const url = await ask()

  expect((await post(url, { key: 'x'.repeat(20_000) })).status).toBe(413)
})

test('a question ends with a no, with the next question, by cancelling it, and with its window', async () => {
  const first = await ask(1)
  await post(first, { key: keyIn((await open(first)).body), answer: 'no' })
  const second = await ask(2)
  await ask(3)
  socket.send(JSON.stringify({ id: 9, method: 'dialog.withdraw', args: [] }))

  await expect.poll(() => [1, 2, 3].map(answerTo)).toEqual(Array(3).fill({ ok: true, value: null }))
  expect((await open(second)).status).toBe(404)
  const last = await ask(4)
  socket.terminate()
  await expect.poll(async () => (await open(last)).status).toBe(404)
})

const ABOUT = {
  plugin: '<img src=x>"\u202egnp.exe',
  version: '1.0.0',
  source: '/plugins/audit',
  permissions: ['network', 'fs:read'] as const,
  contentHash: 'a'.repeat(64),
  isDeveloped: true,
}

test('permissions are allowed by a deliberate yes and by nothing else', async () => {
  const questions = createQuestions('/environments')
  const urls: string[] = []
  const window = questions.forWindow({ announce: (url) => url !== null && urls.push(url) })
  const answered = async (form: Record<string, string>) => {
    const allowed = window.confirmPermissions(ABOUT)
    const id = urls.at(-1)?.split('/').at(-1) ?? ''
    const { key } = questions.show(id, { headers: WINDOW } as never)
    questions.answer(id, new URLSearchParams({ key, ...form }))
    return allowed
  }

  expect(await answered({ answer: 'yes', understood: 'on' })).toBe(true)
  for (const form of [{}, { answer: 'yes' }, { answer: 'no', understood: 'on' }, { understood: 'on' }])
    expect(await answered(form as Record<string, string>)).toBe(false)
})

test('what a plug-in calls itself is shown as text', () => {
  let html = ''
  const response = { writeHead: () => undefined, end: (text: string) => (html = text) }

  sendQuestion(response as never, { question: { kind: 'permissions', about: ABOUT }, key: 'k', problem: null, path: '' })

  expect(html).not.toContain('<img')
  expect(html).not.toContain('\u202e')
  expect(html).toContain('use the network')
  expect(html).toContain('read files on this computer')
  expect(html).toContain('followed in its folder')
})
