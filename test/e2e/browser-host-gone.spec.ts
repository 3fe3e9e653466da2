import { expect, test } from './support/app.ts'
import { startBrowserHostProcess } from './support/browser-host.ts'
import { startChromium } from './support/chromium.ts'
import { showRecords } from './support/screens.ts'

test('a page whose host stands still or dies says so, keeps what was typed, and goes on with the next host', async ({ dataFolder }) => {
  const first = await startBrowserHostProcess(dataFolder)
  const browser = await startChromium()
  const page = await browser.newPage()
  await page.goto(first.url)
  await showRecords(page, 'Account')
  await page.getByRole('button', { name: 'New record' }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('textbox').first()
  await name.fill('Heron Instruments')
  const notice = page.getByText('Cascade Workbench does not answer.')

  // Windows cannot let a process stand still.
  if (process.platform !== 'win32') {
    first.signal('SIGSTOP')
    await expect(notice).toBeVisible()
    first.signal('SIGCONT')
    await expect(notice).toHaveCount(0)
  }

  await first.kill()
  await expect(notice).toBeVisible()
  await expect(name).toHaveValue('Heron Instruments')
  const second = await startBrowserHostProcess(dataFolder)
  expect(new URL(second.url).port).toBe(new URL(first.url).port)
  await expect(notice).toHaveCount(0)
  await expect(name).toHaveValue('Heron Instruments')
  await dialog.getByRole('button', { name: 'Create record' }).click()

  await expect(page.getByRole('complementary', { name: 'Record Heron Instruments' })).toBeVisible()
  await browser.close()
  await second.close()
})
