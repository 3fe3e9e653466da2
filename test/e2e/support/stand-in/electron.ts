import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import { type BrowserContext, chromium, type Frame, type Page, type Request as PageRequest } from 'playwright'
import { chromiumOptions } from '../chromium.ts'
import { preloadScript, RENDERER_GLOBAL } from './preload.ts'

/**
 * Stands in for the `electron` module where its binary is not there: windows are pages of Chromium. What is real: the built main process,
 * preload script and renderer, requests through the `app:` handler and the request filter, calls with the frame that they come from.
 * What is not: the isolation of the preload script, and the system's dialogs, which answer what the spec says.
 */

/** Chromium knows no scheme of ours, so that the page has this origin, and main hears of the other. */
const PAGE_ORIGIN = 'https://workbench.stand-in'
const APP_ORIGIN = 'app://workbench'
const asApp = (url: string): string => (url.startsWith(PAGE_ORIGIN) ? APP_ORIGIN + url.slice(PAGE_ORIGIN.length) : url)

type Handler = (event: unknown, ...args: unknown[]) => unknown
type RequestFilter = (details: { url: string }, answer: (given: { cancel?: boolean }) => void) => void

const handlers = new Map<string, Handler>()
let serveApp: ((request: Request) => Promise<Response> | Response) | undefined
let filter: RequestFilter | undefined
let chrome: BrowserContext | undefined

const switches = new Map(
  process.argv.flatMap((argument) => {
    const [, name = '', value = ''] = /^--([\w-]+)(?:=(.*))?$/.exec(argument) ?? []
    return name === '' ? [] : [[name, value] as const]
  }),
)

class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = { hasSwitch: (name: string) => switches.has(name) }
  readonly #paths = new Map([['userData', switches.get('user-data-dir') ?? '']])
  enableSandbox() {}
  requestSingleInstanceLock = () => true
  getPath = (name: string) => this.#paths.get(name) ?? ''
  setPath = (name: string, path: string) => void this.#paths.set(name, path)

  async whenReady() {
    const { args, ...options } = chromiumOptions()
    chrome = await chromium.launchPersistentContext(join(this.getPath('userData'), 'chromium'), {
      ...options,
      args: [...args, '--remote-debugging-port=0'],
      viewport: { width: 1_440, height: 900 },
    })
  }

  quit() {
    for (const window of BrowserWindow.getAllWindows()) if (!window.close({ isQuitting: true })) return
    const event = new Preventable()
    this.emit('will-quit', event)
    if (event.isPrevented) return
    void chrome?.close().finally(() => process.exit(0))
  }
}

class Preventable {
  isPrevented = false
  preventDefault() {
    this.isPrevented = true
  }
}

class WebContents extends EventEmitter {
  readonly page: Promise<Page>
  constructor(preload: string) {
    super()
    this.page = this.#open(preload)
  }

  isDestroyed = () => false
  setWindowOpenHandler() {}
  send(channel: string, data: unknown) {
    const deliver = ([global, name, sent]: [string, string, unknown]) =>
      (globalThis as never as Record<string, { deliver(name: string, data: unknown): void } | undefined>)[global]?.deliver(name, sent)
    // A page that is just being loaded hears nothing, as in Electron.
    void this.page
      .then((page) => page.evaluate(deliver, [RENDERER_GLOBAL, channel, data] as [string, string, unknown]))
      .catch(() => undefined)
  }
  reload = () => void this.page.then((page) => page.reload())

  async #open(preload: string): Promise<Page> {
    if (chrome === undefined) throw new Error('A window was made before the app was ready')
    const page = chrome.pages()[0] ?? (await chrome.newPage())
    await page.exposeBinding(`${RENDERER_GLOBAL}Invoke`, ({ frame }, channel: string, args: unknown[]) =>
      this.#invoke(page, frame, channel, args),
    )
    await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')))
    await page.route('**/*', async (route) => {
      const answer = await answerRequest(route.request())
      await (answer === null ? route.abort('blockedbyclient') : route.fulfill(answer))
    })
    return page
  }

  async #invoke(page: Page, frame: Frame, channel: string, args: unknown[]) {
    const senderFrame = { origin: asApp(new URL(frame.url()).origin), parent: frame.parentFrame() }
    const handler = handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler({ senderFrame, sender: this }, ...(await Promise.all(args.map((argument) => withPath(page, argument)))))
  }
}

/** Asks the filter about a request, then the handler of the app's scheme. Returns null for a blocked one. */
async function answerRequest(request: PageRequest) {
  const url = asApp(request.url())
  const { cancel } = await new Promise<{ cancel?: boolean }>((settle) => (filter === undefined ? settle({}) : filter({ url }, settle)))
  if (cancel === true || serveApp === undefined || !url.startsWith('app:')) return null
  const response = await serveApp(new Request(url, { method: request.method() }))
  return { status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) }
}

/** Replaces the number of a dropped file by the file's path, which Chromium tells its inspector only. */
async function withPath(page: Page, argument: unknown): Promise<unknown> {
  const [, number] = (typeof argument === 'string' && /^dropped-file:(\d+)$/.exec(argument)) || []
  if (number === undefined) return argument
  const session = await page.context().newCDPSession(page)
  const { result } = await session.send('Runtime.evaluate', { expression: `${RENDERER_GLOBAL}.files[${number}]` })
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId ?? '' })
  await session.detach()
  return path
}

export class BrowserWindow extends EventEmitter {
  static readonly #open = new Set<BrowserWindow>()
  static getAllWindows = (): BrowserWindow[] => [...BrowserWindow.#open]
  readonly webContents: WebContents

  constructor({ webPreferences }: BrowserWindowConstructorOptions) {
    super()
    this.webContents = new WebContents(webPreferences?.preload ?? '')
    BrowserWindow.#open.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string) {
    const page = await this.webContents.page
    await page.goto(url.replace(APP_ORIGIN, PAGE_ORIGIN))
    this.emit('ready-to-show')
  }

  /** Returns whether the window closed. */
  close({ isQuitting = false } = {}): boolean {
    const event = new Preventable()
    this.emit('close', event)
    if (event.isPrevented) return false
    BrowserWindow.#open.delete(this)
    if (!isQuitting && BrowserWindow.#open.size === 0) app.emit('window-all-closed')
    return true
  }

  getNormalBounds = () => ({ x: 0, y: 0, width: 1_440, height: 900 })
  isMaximized = () => false
  isMinimized = () => false
  isDestroyed = () => !BrowserWindow.#open.has(this)
  show() {}
  focus() {}
  restore() {}
  maximize() {}
}

export const app = new App()
export const ipcMain = {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  removeHandler: (channel: string) => void handlers.delete(channel),
}
export const protocol = {
  registerSchemesAsPrivileged() {},
  handle(scheme: string, handler: NonNullable<typeof serveApp>) {
    if (scheme === 'app') serveApp = handler
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
    webRequest: {
      onBeforeRequest(given: RequestFilter) {
        filter = given
      },
    },
  },
}
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_440, height: 900 } }] }
export const shell = { showItemInFolder() {} }
export const Menu = { setApplicationMenu() {}, buildFromTemplate: (template: unknown) => template }

/** What the next dialogs answer, in the order in which the spec said it. */
const answers: unknown[] = []
const nextAnswer = async () => answers.shift() ?? { canceled: true, filePaths: [], filePath: '', response: 0 }
export const dialog = {
  showOpenDialog: nextAnswer,
  showSaveDialog: nextAnswer,
  showMessageBox: nextAnswer,
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
}

/** What the spec says to the running stand-in. */
export type Order = { answer: unknown } | { closeWindow: true }

process.on('message', (order: Order) => {
  if ('answer' in order) answers.push(order.answer)
  else BrowserWindow.getAllWindows()[0]?.close()
})
