import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { nextMessage, openSocket, startTestHost, type TestHost } from './support.ts'

let running: TestHost
let url: string
let cookie: string
beforeEach(async () => {
  running = await startTestHost()
  cookie = await running.enter()
  url = `ws://${running.address}/socket`
})
afterEach(() => running.close())

async function connect(): Promise<WebSocket> {
  const socket = await openSocket(url, { cookie, origin: running.origin })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}

test('a socket needs the cookie', async () => {
  expect(await openSocket(url, { origin: running.origin })).toBe(401)
})

test.each(['http://evil.example', 'http://localhost', 'null', 'http://127.0.0.1:1'])(
  'a socket from a page of %s is refused',
  async (origin) => {
    expect(await openSocket(url, { cookie, origin })).toBe(403)
  },
)

test('a socket that does not say which page it comes from is refused', async () => {
  expect(await openSocket(url, { cookie })).toBe(403)
})

test('a socket meant for another host is refused', async () => {
  expect(await openSocket(url, { cookie, origin: running.origin, host: 'evil.example' })).toBe(421)
})

test('a socket has one address', async () => {
  expect(await openSocket(`${url}/other`, { cookie, origin: running.origin })).toBe(404)
})

test('a call is answered under its own id', async () => {
  const socket = await connect()

  socket.send(JSON.stringify({ id: 7, method: 'app.info', args: [] }))

  expect(await nextMessage(socket)).toMatchObject({ id: 7, answer: { ok: true, value: { host: 'browser', version: '1.2.3', recent: [] } } })
})

test('methods that no one offers, and those of objects, are refused', async () => {
  const socket = await connect()

  for (const method of ['app.quit', 'constructor', '__proto__', 'toString', '']) {
    socket.send(JSON.stringify({ id: 1, method, args: [] }))
    expect(await nextMessage(socket)).toMatchObject({ id: 1, answer: { ok: false, error: { code: 'INPUT_INVALID' } } })
  }
})

test.each(['', 'hello', '[]', '{"id":1}', '{"id":"1","method":"app.info","args":[]}'])(
  'the text %j is answered by what would be right',
  async (text) => {
    const socket = await connect()

    socket.send(text)

    expect(await nextMessage(socket)).toMatchObject({ id: null, answer: { ok: false, error: { code: 'INPUT_INVALID' } } })
  },
)

test('an input that is too large is refused with the limit', async () => {
  const socket = await connect()

  socket.send(JSON.stringify({ id: 2, method: 'principals.find', args: ['x'.repeat(5_000_000)] }))

  expect(await nextMessage(socket)).toMatchObject({ answer: { error: { code: 'INPUT_INVALID', details: { maximum: 4_194_304 } } } })
})

test('a message beyond every measure ends the connection', async () => {
  const socket = await connect()
  const closed = new Promise((settle) => socket.once('close', settle))

  socket.send('x'.repeat(17_000_000))

  expect(await closed).toBe(1009)
})

test('events reach every window', async () => {
  const sockets = [await connect(), await connect()]
  const received = Promise.all(sockets.map(nextMessage))

  running.session.requestOpen('/data/solution.zip')

  const event = { event: 'openRequested', data: { token: expect.any(String), name: 'solution.zip' } }
  expect(await received).toEqual([event, event])
})

test('closing the host ends its sockets', async () => {
  const other = await startTestHost()
  const socket = await openSocket(`ws://${other.address}/socket`, { cookie: await other.enter(), origin: other.origin })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  const closed = new Promise((settle) => socket.once('close', settle))

  await other.close()

  await closed
  expect(socket.readyState).toBe(WebSocket.CLOSED)
})
