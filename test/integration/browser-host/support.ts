import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type BrowserHost, serveSession } from '../../../main/browser/serve-session.ts'
import { type AppSession, createAppSession } from '../../../main/session/app-session.ts'
import type { HostMessage } from '../../../preload/wire.ts'

/** A running host over a small renderer, on a folder of its own, with no environment open. */
export interface TestHost {
  host: BrowserHost
  session: AppSession
  folder: string
  address: string
  origin: string
  /** The cookie that the first link gives. */
  enter(): Promise<string>
  close(): Promise<void>
}

export async function startTestHost(limits = { bytes: 1_000, files: 10 }, last: BrowserHost['address'] | null = null): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-host-'))
  const rendererFolder = join(folder, 'renderer')
  await mkdir(join(rendererFolder, 'assets'), { recursive: true })
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>App</title>')
  await writeFile(join(rendererFolder, 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'secret.js'), 'secret')
  const session = createAppSession({
    dataFolder: join(folder, 'data'),
    host: 'browser',
    version: '1.2.3',
    now: () => 0,
    openWorkbench: () => Promise.reject(new Error('This test opens no environment')),
    createSample: () => Promise.reject(new Error('This test makes no sample')),
    plugins: {
      watch: () => () => undefined,
    },
  })
  const host = await serveSession(session, {
    port: 0,
    last,
    rendererFolder,
    environmentsFolder: join(folder, 'environments'),
    uploadLimits: limits,
  })
  const { origin, host: address } = new URL(host.url)
  return {
    host,
    session,
    folder,
    address,
    origin,
    async enter() {
      const { headers } = await send(host.url)
      return String(headers['set-cookie']).split(';')[0] ?? ''
    },
    async close() {
      await host.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

interface SendOptions {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Sent as it is, while `fetch` and `URL` would tidy it up. */
  rawPath?: string
}

export function send(url: string, { method = 'GET', headers = {}, body, rawPath }: SendOptions = {}): Promise<Reply> {
  return new Promise((settle, fail) => {
    const sent = request(url, { method, headers, ...(rawPath === undefined ? {} : { path: rawPath }) }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

/** The open socket, or the status with which it was refused. */
export function openSocket(url: string, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((settle, fail) => {
    const socket = new WebSocket(url, { headers })
    socket.on('open', () => settle(socket))
    socket.on('unexpected-response', (sent, response) => {
      settle(response.statusCode ?? 0)
      sent.destroy()
    })
    socket.on('error', fail)
  })
}

/** The next message that says more than that the host is there. */
export const nextMessage = (socket: WebSocket): Promise<HostMessage> =>
  new Promise((settle) =>
    socket.once('message', (data) => {
      const message = JSON.parse(String(data)) as HostMessage
      settle('beat' in message ? nextMessage(socket) : message)
    }),
  )
