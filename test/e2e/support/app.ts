import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from 'playwright/test'
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

/** Each test gets the real app, started on a folder of its own, and fails if the page complained meanwhile. */
export const test = base.extend<Fixtures>({
  host: ['browser', { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'cascade-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints).toEqual([])
  },

  page: async ({ host, dataFolder, complaints }, use, testInfo) => {
    const running = host === 'electron' ? await startElectron(dataFolder) : await startInChromium(dataFolder, complaints)
    if (host === 'electron') collectComplaints(running.page, complaints)
    await use(running.page)
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('screenshot', { body: await running.page.screenshot(), contentType: 'image/png' })
    }
    await running.close()
  },
})

async function startInChromium(dataFolder: string, complaints: string[]): Promise<{ page: Page; close(): Promise<void> }> {
  const [host, browser] = await Promise.all([startBrowserHostProcess(dataFolder), startChromium()])
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } })
  collectComplaints(page, complaints)
  await page.goto(host.url)
  await page.waitForURL((url) => url.search === '')
  return {
    page,
    async close() {
      await browser.close()
      await host.close()
    },
  }
}

function collectComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}
