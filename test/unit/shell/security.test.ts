import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent, Session } from 'electron'
import { expect, test } from 'vitest'
import type { ChosenFile } from '#contract'
import { createChosenFiles } from '../../../main/session/chosen-files.ts'
import { blockRequests, denyPermissions, lockDown } from '../../../main/shell/lock-down.ts'
import { serveIpc } from '../../../main/shell/serve-ipc.ts'
import { webPreferences } from '../../../main/shell/window-options.ts'
import { CALL_CHANNEL, FILE_CHANNEL } from '../../../preload/wire.ts'
import { readFiles } from '../../support/repository.ts'

test('the page runs in a sandbox, apart from the preload script and without Node', () => {
  expect(webPreferences('/preload.cjs', true)).toEqual({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: false,
  })
})

/** A window's contents that remembers how it was asked to open windows. */
class Contents extends EventEmitter {
  openHandler: (() => { action: string }) | null = null
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openHandler = handler
  }
}

test('the page never leaves, and opens nothing', () => {
  const app = new EventEmitter()
  const contents = new Contents()
  lockDown(app)
  app.emit('web-contents-created', {}, contents)

  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    let isPrevented = false
    contents.emit(event, { preventDefault: () => (isPrevented = true) })
    expect(isPrevented, event).toBe(true)
  }
  expect(contents.openHandler?.()).toEqual({ action: 'deny' })
})

type RequestListener = ((details: { url: string }, answer: (given: unknown) => void) => void) | null

type Handlers = {
  request: Parameters<Session['setPermissionRequestHandler']>[0]
  check: Parameters<Session['setPermissionCheckHandler']>[0]
  device: Parameters<Session['setDevicePermissionHandler']>[0]
}

test('the page is granted nothing but copying text', () => {
  const handlers: Handlers = { request: null, check: null, device: null }
  denyPermissions({
    setPermissionRequestHandler: (handler) => {
      handlers.request = handler
    },
    setPermissionCheckHandler: (handler) => {
      handlers.check = handler
    },
    setDevicePermissionHandler: (handler) => {
      handlers.device = handler
    },
  })

  const asked = (permission: string) => Reflect.apply(handlers.check ?? expect.fail(), null, [null, permission, '', {}])
  expect(asked('clipboard-sanitized-write')).toBe(true)
  for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'clipboard-read']) {
    expect(asked(permission), permission).toBe(false)
  }
  expect(Reflect.apply(handlers.device ?? expect.fail(), null, [{}])).toBe(false)
})

type Frame = { origin: string; parent: unknown } | null

test.each([
  ['app://workbench/assets/index.js', true, false],
  ['https://example.com/dictionary.bdic', true, true],
  ['http://127.0.0.1:8080/', true, true],
  ['ws://127.0.0.1:8080/', true, true],
  ['file:///etc/passwd', true, true],
  ['devtools://devtools/bundled/inspector.html', true, true],
  ['devtools://devtools/bundled/inspector.html', false, false],
])('a request for %s (packaged: %s) is blocked: %s', (url, isPackaged, isBlocked) => {
  let listener: RequestListener = null
  blockRequests({ onBeforeRequest: (given: RequestListener) => void (listener = given) } as never, isPackaged)

  let answered: unknown
  Reflect.apply(listener ?? expect.fail(), null, [{ url }, (answer: unknown) => (answered = answer)])

  expect(answered).toEqual({ cancel: isBlocked })
})

/** Calls one of `serveIpc`'s handlers as Electron would, from a frame of this origin. */
async function callFrom(frame: Frame, channel: string = CALL_CHANNEL, args: unknown[] = ['app.info', []]): Promise<unknown> {
  const handlers = new Map<string, Parameters<IpcMain['handle']>[1]>()
  serveIpc(ipcWith(handlers), async () => ({ ok: true, value: 'answered' }), createChosenFiles())
  const handler = handlers.get(channel) ?? expect.fail(`${channel} is not handled`)
  return handler({ senderFrame: frame } as IpcMainInvokeEvent, ...args)
}

const ipcWith = (handlers: Map<string, Parameters<IpcMain['handle']>[1]>) =>
  ({ handle: (channel, handler) => void handlers.set(channel, handler), removeHandler: () => undefined }) satisfies Pick<
    IpcMain,
    'handle' | 'removeHandler'
  >
const OUR_PAGE = { origin: 'app://workbench', parent: null }

test('our own page is answered', async () => {
  expect(await callFrom(OUR_PAGE)).toEqual({ ok: true, value: 'answered' })
})

test('a dropped file gets a token, of which the page cannot tell the path', async () => {
  const file = (await callFrom(OUR_PAGE, FILE_CHANNEL, ['/home/me/solution.zip'])) as ChosenFile

  expect(file).toEqual({ token: expect.stringMatching(/^[\w-]{32}$/), name: 'solution.zip' })
})

test.each([
  ['from elsewhere', { origin: 'https://evil.example', parent: null }, '/home/me/solution.zip'],
  ['from a frame inside our page', { ...OUR_PAGE, parent: {} }, '/home/me/solution.zip'],
  ['without a whole path', OUR_PAGE, 'solution.zip'],
  ['without a path', OUR_PAGE, undefined],
])('a file %s gets no token', async (_, frame, path) => {
  await expect(callFrom(frame, FILE_CHANNEL, [path])).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
})

test.each([
  ['a page from elsewhere', { origin: 'https://evil.example', parent: null }],
  ['a page from a file', { origin: 'file://', parent: null }],
  ['another page of our scheme', { origin: 'app://other', parent: null }],
  ['a frame inside our page', { origin: 'app://workbench', parent: {} }],
  ['a frame that is gone', null],
])('%s is not answered', async (_, frame) => {
  expect(await callFrom(frame)).toMatchObject({ ok: false, error: { code: 'NOT_SUPPORTED' } })
})

test('only the composition root and the preload script take values from Electron, so that all else is tested without it', () => {
  const takers = readFiles(['main', 'preload', 'renderer'], ['.ts', '.tsx'])
    .filter(({ text }) => /^import (?!type )[^\n]*from 'electron'/m.test(text))
    .map(({ path }) => path)

  expect(takers.sort()).toEqual(['main/index.ts', 'preload/index.ts'])
})

test('what Electron wants before it is ready is done before it is ready', () => {
  const [root] = readFiles(['main/index.ts'], ['.ts'])
  const text = root?.text ?? ''
  const ready = text.indexOf('app.whenReady()')

  for (const call of ['app.enableSandbox()', 'protocol.registerSchemesAsPrivileged(', 'lockDown(app)', 'app.requestSingleInstanceLock()']) {
    expect(text.indexOf(call), call).toBeGreaterThan(-1)
    expect(text.indexOf(call), call).toBeLessThan(ready)
  }
})

test('the preload script hands out three functions and nothing of Electron', () => {
  const [preload] = readFiles(['preload/index.ts'], ['.ts'])

  expect(preload?.text.match(/exposeInMainWorld/g)).toHaveLength(1)
  expect(preload?.text).toContain("exposeInMainWorld('cascade', transport)")
})
