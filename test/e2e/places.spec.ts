import type { Page } from 'playwright/test'
import { expect, test } from './support/app.ts'
import { goTo, openRecord, showPlugins } from './support/screens.ts'

/** Follows a link in the page, as pasting it into the address line does. */
const follow = (page: Page, path: string) => page.evaluate((hash) => void window.location.assign(hash), `#/${path}`)

/** What the button for it copies; the clipboard itself is out of reach of a page without permission. */
async function copiedLink(page: Page, button: string): Promise<string> {
  await page.evaluate(() => {
    Object.assign(navigator.clipboard, { writeText: async (text: string) => void Object.assign(window, { copied: text }) })
  })
  await page.getByRole('button', { name: button, exact: true }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  return page.evaluate(() => (window as unknown as { copied: string }).copied)
}

test('a reload comes back to the same record of the open environment', async ({ page }) => {
  await openRecord(page, 'Account', 'Meridian Holding')

  await page.reload()

  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()
  await goTo(page, 'Overview')
  await expect(page.getByRole('heading', { level: 1, name: 'Sample' })).toBeVisible()
})

test("the browser's Back and Forward lead through the places of the app", async ({ page }) => {
  await goTo(page, 'Settings')
  await goTo(page, 'System jobs')

  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.goForward()
  await expect(page.getByRole('heading', { level: 1, name: 'System jobs' })).toBeVisible()
  await page.getByRole('button', { name: 'Back', exact: true }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Forward', exact: true })).toBeEnabled()
})

test('a copied link to a record opens it from anywhere', async ({ page }) => {
  await openRecord(page, 'Account', 'Meridian Holding')
  const link = await copiedLink(page, 'Copy link')
  await goTo(page, 'Settings')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search everything' }).fill(link)
  await page.getByRole('option', { name: /Open this link/ }).click()

  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()
})

test('a copied link to a preview opens the preview, after a reload too', async ({ page }) => {
  const panel = await openRecord(page, 'Account', 'Meridian Holding')
  await panel.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('dialog', { name: 'Delete Meridian Holding' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('dialog', { name: 'Delete Meridian Holding' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()
})

test('a link to something that is gone says so', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const gone = '00000000-0000-4000-8000-00000000dead'

  await follow(page, `records/account/${gone}`)
  await expect(page.getByText('There is no such record')).toBeVisible()
  await follow(page, `jobs/${gone}`)
  await expect(page.getByText('There is no such system job')).toBeVisible()
  await follow(page, 'model/new_removed')
  await expect(page.getByText('This table is not in the model')).toBeVisible()
  await follow(page, 'plugins/installed/removed')
  await expect(page.getByText('This plug-in is not installed')).toBeVisible()
  await follow(page, 'trace/987654')
  await expect(page.getByText('There is no such run in the trace log')).toBeVisible()
  await follow(page, 'no/such/place')

  await expect(page.getByText('This link leads nowhere')).toBeVisible()
})

test('a link leads to a part of the plug-ins', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await showPlugins(page, 'Trace log')

  await follow(page, 'plugins/order?table=account&message=Update')

  await expect(page.getByRole('button', { name: 'Order of execution' })).toHaveAttribute('aria-current', 'page')
})
