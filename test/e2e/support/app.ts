import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { test as base, expect, type Page, type TestInfo } from 'playwright/test'
import { startBrowserHostProcess } from './browser-host.ts'
import { startChromium } from './chromium.ts'
import { startElectron } from './electron.ts'

export { expect } from 'playwright/test'

export interface HostOptions {
  /** Where the app runs; given by the project. */
  host: 'browser' | 'electron'
}

interface Fixtures extends HostOptions {
  /** The app's own folder, new for each test: every test is a first start. */
  dataFolder: string
  /** What the page complained about: errors on the console, refused by the content policy included. */
  complaints: string[]
}

interface WorkerFixtures {
  /** Starts Chromium on the first call; all tests of a worker share it, each with a context of its own. */
  chromium: () => Promise<Browser>
}

const newDataFolder = () => mkdtemp(join(tmpdir(), 'cascade-e2e-'))
const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true })

/** Each test gets the real app, started on a folder of its own, and fails if the page complained meanwhile. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  host: ['browser', { option: true }],

  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      let browser: Promise<Browser> | null = null
      await use(() => (browser ??= startChromium()))
      await (browser as Promise<Browser> | null)?.then((started) => started.close())
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  dataFolder: async ({}, use) => {
    const folder = await newDataFolder()
    await use(folder)
    await removeFolder(folder)
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints).toEqual([])
  },

  page: async ({ host, chromium, dataFolder, complaints }, use, testInfo) => {
    const app = await startApp(host, chromium, dataFolder)
    const page = await app.freshPage()
    const stop = collectComplaints(page, complaints)
    await use(page)
    await attachScreenshot(page, testInfo)
    stop()
    await app.close()
  },
})

/**
 * For a file whose tests can share one app: it is started once, and each test gets it freshly loaded. A start costs more than
 * most tests, the more so on a busy machine. Where what the file needs is not there, its tests are reported as skipped.
 */
export function shareApp(needs: { isThere: boolean; missing: string } = { isThere: true, missing: '' }): typeof test {
  let app: RunningApp | null = null
  let folder = ''
  const shared = test.extend({
    page: async ({ complaints }, use, testInfo) => {
      if (app === null) throw new Error('The shared app is started by beforeAll.')
      const page = await app.freshPage()
      const stop = collectComplaints(page, complaints)
      await use(page)
      await attachScreenshot(page, testInfo)
      stop()
      await app.leave(page)
    },
  })
  shared.beforeAll(async ({ host, chromium }, testInfo) => {
    testInfo.skip(!needs.isThere, needs.missing)
    folder = await newDataFolder()
    app = await startApp(host, chromium, folder)
  })
  shared.afterAll(async () => {
    await app?.close()
    if (folder !== '') await removeFolder(folder)
  })
  return shared
}

interface RunningApp {
  freshPage(): Promise<Page>
  leave(page: Page): Promise<void>
  close(): Promise<void>
}

const startApp = (host: HostOptions['host'], chromium: WorkerFixtures['chromium'], dataFolder: string): Promise<RunningApp> =>
  host === 'electron' ? startInElectron(dataFolder) : startInChromium(chromium, dataFolder)

async function startInChromium(chromium: WorkerFixtures['chromium'], dataFolder: string): Promise<RunningApp> {
  const [host, browser] = await Promise.all([startBrowserHostProcess(dataFolder), chromium()])
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } })
  let url = host.url
  return {
    async freshPage() {
      const page = await context.newPage()
      await page.goto(url)
      await page.waitForURL(({ search }) => search === '')
      url = page.url() // The link opens once; afterwards the browser is known.
      return page
    },
    leave: (page) => page.close(),
    async close() {
      await context.close()
      await host.close()
    },
  }
}

async function startInElectron(dataFolder: string): Promise<RunningApp> {
  const { page, close } = await startElectron(dataFolder)
  let loaded = true
  return {
    async freshPage() {
      // A reload alone would come back to the place of the test before.
      if (!loaded) {
        await page.evaluate(() => history.replaceState(null, '', location.pathname))
        await page.reload()
      }
      loaded = false
      return page
    },
    leave: () => Promise.resolve(),
    close,
  }
}

async function attachScreenshot(page: Page, testInfo: TestInfo): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return
  await testInfo.attach('screenshot', { body: await page.screenshot(), contentType: 'image/png' })
}

/** Returns its own undo function. */
function collectComplaints(page: Page, complaints: string[]): () => void {
  const onError = (error: Error) => complaints.push(error.message)
  const onMessage = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') complaints.push(message.text())
  }
  page.on('pageerror', onError)
  page.on('console', onMessage)
  return () => {
    page.off('pageerror', onError)
    page.off('console', onMessage)
  }
}
