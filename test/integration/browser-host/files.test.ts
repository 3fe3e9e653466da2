import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { send, startTestHost, type TestHost } from './support.ts'

let running: TestHost
let cookie: string
beforeEach(async () => {
  running = await startTestHost()
  cookie = await running.enter()
})
afterEach(() => running.close())

test('pages come with a policy that allows their own files and nothing else', async () => {
  const { headers } = await send(running.origin, { headers: { cookie } })

  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; " +
      `connect-src ${running.origin} ws://${running.address}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'`,
  )
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(headers['access-control-allow-origin']).toBeUndefined()
})

test('files come with their type', async () => {
  const reply = await send(`${running.origin}/assets/main.js`, { headers: { cookie } })

  expect(reply).toMatchObject({ status: 200, body: 'export {}', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
})

test.each([
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '/assets/..%2f..%2fsecret.js',
  '/..\\secret.js',
  '/%00/secret.js',
  '/%',
  '//secret.js',
  '/assets',
  '/assets/',
  '/.hidden.js',
  '/missing.js',
  '/index.html.map',
])('the path %s leads to no file', async (rawPath) => {
  const reply = await send(running.origin, { headers: { cookie }, rawPath })

  expect(reply.status).toBe(404)
  expect(reply.body).not.toContain('secret')
})

test('a link inside the folder leads to no file outside', async () => {
  await symlink(join(running.folder, 'secret.js'), join(running.folder, 'renderer', 'assets', 'linked.js'))

  const reply = await send(`${running.origin}/assets/linked.js`, { headers: { cookie } })

  expect(reply.status).toBe(404)
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is refused on pages', async (method) => {
  const reply = await send(running.origin, { method, headers: { cookie, origin: running.origin } })

  expect(reply.status).toBe(405)
})
