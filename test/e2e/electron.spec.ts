import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { writePlugin } from '../support/plugin-folder.ts'
import { test as base, expect } from './support/app.ts'
import { type ElectronApp, startElectron } from './support/electron.ts'
import { assignAsJob, choose, dropOnWindow, goTo, openFaults, openRecord, showPlugins } from './support/screens.ts'

/** The built main process, with its window, dialogs, protocol and calls: over Electron where its binary is, else over a stand-in. */

const test = base.extend<{ app: ElectronApp }>({
  app: async ({ dataFolder, complaints }, use) => {
    const app = await startElectron(dataFolder)
    app.page.on('pageerror', (error) => complaints.push(error.message))
    await use(app)
    await app.close()
  },
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

test('environments are made and opened where the person says in the system’s dialogs', async ({ app, dataFolder }) => {
  const { page } = app
  await expect(heading(page, 'Sample')).toBeVisible()

  await page.getByRole('banner').getByRole('button').first().click()
  await page.getByRole('menuitem', { name: 'New environment…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New environment' })
  await app.answerDialog({ filePath: join(dataFolder, 'mine.cascade'), canceled: false })
  await dialog.getByRole('button', { name: 'Choose place…' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('mine.cascade')
  await dialog.getByRole('button', { name: 'Create environment' }).click()
  await expect(heading(page, 'mine')).toBeVisible()

  await page.getByRole('banner').getByRole('button').first().click()
  await page.getByRole('menuitem', { name: 'Open environment…' }).click()
  await app.answerDialog({ filePaths: [join(dataFolder, 'environments', 'Sample.cascade')] })
  await page.getByRole('dialog', { name: 'Open environment' }).getByRole('button', { name: 'Choose…' }).click()
  await expect(heading(page, 'Sample')).toBeVisible()
})

test('a record is assigned with its children, and the preview comes first', async ({ app: { page } }) => {
  const panel = await openRecord(page, 'Account', 'Kestrel Group')
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign Kestrel Group' })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'admin')
  await dialog.getByRole('button', { name: /^Assign \d+ records?$/ }).click()

  await expect(dialog).toHaveCount(0)
  await expect(panel).toContainText('admin')
})

test('a dropped file is read where it is, and its path stays with the host', async ({ app: { page }, dataFolder }) => {
  const path = join(dataFolder, 'account.csv')
  await writeFile(path, 'name,address1_city\nHeron Instruments,Porto\n')
  await expect(heading(page, 'Sample')).toBeVisible()

  await dropOnWindow(page, [path])

  await expect(page.getByRole('combobox', { name: 'Table' })).toContainText('Account')
  await page.getByRole('button', { name: 'Import 1 row' }).click()
  await expect(page.getByText(/1 record/).first()).toBeVisible()
})

test('what a plug-in asks for is confirmed in the system’s dialog', async ({ app, dataFolder }) => {
  const { page } = app
  await writePlugin(join(dataFolder, 'audit'), { permissions: ['network'] })
  await showPlugins(page, 'Installed')
  await app.answerDialog({ filePaths: [join(dataFolder, 'audit')] })
  await page.getByRole('button', { name: 'Install from folder' }).first().click()
  const dialog = page.getByRole('dialog')

  await app.answerDialog({ response: 0 })
  await dialog.getByRole('button', { name: 'Install and enable' }).click()
  await expect(dialog.getByRole('alert')).toContainText('You did not allow')
  await app.answerDialog({ response: 1 })
  await dialog.getByRole('button', { name: 'Install and enable' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')
})

test('the page reaches no other address, no file by its path and no Node', async ({ app: { page }, dataFolder }) => {
  await expect(heading(page, 'Sample')).toBeVisible()

  const tried = await page.evaluate(
    async (path) => {
      const call = (window as never as { cascade: { call(method: string, input: unknown): Promise<{ ok: boolean }> } }).cascade.call
      const image = new Image()
      const loaded = new Promise((settle) => {
        image.onload = () => settle('loaded')
        image.onerror = () => settle('blocked')
      })
      image.src = 'http://127.0.0.1:9/pixel.png'
      return {
        byPath: (await call('csv.inspect', path)).ok,
        image: await loaded,
        node: typeof (globalThis as { process?: unknown }).process,
      }
    },
    join(dataFolder, 'recent.json'),
  )

  expect(tried).toEqual({ byPath: false, image: 'blocked', node: 'undefined' })
})

test('closing the window during a job waits for its batch, and the job goes on at the next start', async ({ app, dataFolder }) => {
  const { page } = app
  const faults = await openFaults(page)
  await faults.getByRole('slider', { name: 'Slow motion' }).focus()
  await page.keyboard.press('End')
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  await expect(heading(page, /In Progress/)).toBeVisible()

  await app.closeWindow()
  const next = await startElectron(dataFolder)
  await goTo(next.page, 'System jobs')

  await expect(next.page.getByRole('grid').getByText('Completed').first()).toBeVisible()
  await next.close()
})
