import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveAppProtocol } from '../../../main/shell/app-protocol.ts'

let folder: string
let answer: (request: Request) => Promise<Response> | Response
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'protocol-'))
  await writeFile(join(folder, 'index.html'), '<title>App</title>')
  serveAppProtocol({ handle: (_, handler) => (answer = handler) } as Pick<Protocol, 'handle'>, folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the page comes with its type and a strict policy', async () => {
  const response = await answer(new Request('app://workbench/'))

  expect(await response.text()).toBe('<title>App</title>')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';")
  expect(response.headers.get('content-security-policy')).toContain('connect-src app://workbench;')
})

test.each(['app://other/', 'app://workbench/missing.js', 'app://workbench/..%2f..%2fetc/passwd', 'app://workbench/.env'])(
  '%s is not found',
  async (url) => {
    expect((await answer(new Request(url))).status).toBe(404)
  },
)

test('only reading is answered', async () => {
  expect((await answer(new Request('app://workbench/', { method: 'POST' }))).status).toBe(404)
})
