import { afterEach, beforeEach, expect, test } from 'vitest'
import { send, startTestHost, type TestHost } from './support.ts'

let running: TestHost
beforeEach(async () => {
  running = await startTestHost()
})
afterEach(() => running.close())

test('a link opens the app once, with a cookie that scripts and other sites cannot use', async () => {
  const first = await send(running.host.url)
  const second = await send(running.host.url)

  expect(first.status).toBe(200)
  expect(String(first.headers['set-cookie'])).toMatch(/^cascade-workbench-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  expect(second.status).toBe(403)
  expect(second.headers['set-cookie']).toBeUndefined()
  expect(second.body).toContain('used already')
})

test('a used link leads on where the cookie is present', async () => {
  const cookie = await running.enter()

  const again = await send(running.host.url, { headers: { cookie } })

  expect(again).toMatchObject({ status: 303, headers: { location: '/' } })
})

test('each further link opens the app once', async () => {
  const link = running.host.newLink()

  expect((await send(link)).status).toBe(200)
  expect((await send(link)).status).toBe(403)
})

test.each([
  ['no token and no cookie', '/', {}],
  ['an invented token', '/?token=AAAA', {}],
  ['an empty token', '/?token=', {}],
  ['an invented cookie', '/', { cookie: 'cascade-workbench-1=AAAA' }],
])('%s opens nothing', async (_, path, headers) => {
  const reply = await send(running.origin + path, { headers })

  expect([401, 403]).toContain(reply.status)
  expect(reply.body).not.toContain('<title>App</title>')
})

test('a cookie of this host with another value opens nothing', async () => {
  const cookie = await running.enter()

  const reply = await send(running.origin, { headers: { cookie: `${cookie}x` } })

  expect(reply.status).toBe(401)
})

test('the cookie opens the app, among other cookies', async () => {
  const cookie = await running.enter()

  const reply = await send(running.origin, { headers: { cookie: `theme=dark; ${cookie}` } })

  expect(reply).toMatchObject({ status: 200, body: '<!doctype html><title>App</title>' })
})

test.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1'])(
  'a request meant for the host %s is refused, cookie or not',
  async (host) => {
    const cookie = await running.enter()

    const reply = await send(running.origin, { headers: { cookie, host } })
    const withToken = await send(running.host.newLink(), { headers: { host } })

    expect(reply.status).toBe(421)
    expect(withToken.status).toBe(421)
  },
)

test('it listens on 127.0.0.1 alone', () => {
  expect(new URL(running.host.url).hostname).toBe('127.0.0.1')
})

test('after closing nothing answers any more', async () => {
  const other = await startTestHost()

  await other.close()

  await expect(send(other.origin)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
