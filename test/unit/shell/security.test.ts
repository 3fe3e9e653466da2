import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent, Session } from 'electron'
import { expect, test } from 'vitest'
import { denyPermissions, lockDown } from '../../../main/shell/lock-down.ts'
import { serveIpc } from '../../../main/shell/serve-ipc.ts'
import { webPreferences } from '../../../main/shell/window-options.ts'
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

/** Calls `serveIpc`'s handler as Electron would, from a frame of this origin. */
async function callFrom(frame: { origin: string; parent: unknown } | null): Promise<unknown> {
  let handler: Parameters<IpcMain['handle']>[1] = () => expect.fail('nothing is handled')
  serveIpc(
    { handle: (_, given) => (handler = given), removeHandler: () => undefined } as Pick<IpcMain, 'handle' | 'removeHandler'>,
    async () => ({
      ok: true,
      value: 'answered',
    }),
  )
  return handler({ senderFrame: frame } as IpcMainInvokeEvent, 'app.info', [])
}

test('our own page is answered', async () => {
  expect(await callFrom({ origin: 'app://workbench', parent: null })).toEqual({ ok: true, value: 'answered' })
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
