import type { Page } from 'playwright/test'
import { seriousViolations } from './support/accessibility.ts'
import { expect, shareApp } from './support/app.ts'
import { assignAsJob, choose, chooseOption, goTo, openFaults, openRecord, setNumber } from './support/screens.ts'

const test = shareApp()
test.describe.configure({ mode: 'serial' })

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const standing = (page: Page) => page.getByRole('region', { name: 'What happens next' })

async function failBatch(page: Page, batch: number): Promise<void> {
  const faults = await openFaults(page)
  await setNumber(page, 'Number of the batch that fails', batch)
  await faults.getByRole('checkbox', { name: 'Make a batch fail' }).check()
}

async function slowMotion(page: Page, ms: number): Promise<void> {
  const faults = await openFaults(page)
  await faults.getByRole('slider', { name: 'Slow motion' }).fill(String(ms))
}

async function switchAllOff(page: Page): Promise<void> {
  const faults = await openFaults(page)
  await faults.getByRole('button', { name: 'Switch all faults off' }).click()
  await expect(faults.getByText('Nothing is switched on.')).toBeVisible()
}

test('a job whose batch fails pauses after its last try, says why, and goes on when it is resumed', async ({ page }) => {
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 1)
  await setNumber(page, 'Wait before the next try', 0)
  await setNumber(page, 'Batch size', 3)
  await failBatch(page, 2)

  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')

  await expect(title(page)).toContainText('Paused')
  await expect(page.getByText('3 of 8 records in 1 batch')).toBeVisible()
  await expect(standing(page)).toContainText('Paused after 1 try')
  await expect(standing(page)).toContainText('Switch the fault off, then resume the job.')
  await expect(page.getByRole('contentinfo')).toContainText('1 paused job')
  await expect(page.getByRole('contentinfo')).toContainText('1 fault on: batch 2 fails')
  expect(await seriousViolations(page)).toEqual([])

  await switchAllOff(page)
  await standing(page).getByRole('button', { name: 'Resume' }).click()

  await expect(title(page)).toContainText('Completed')
  await expect(page.getByText('8 of 8 records in 3 batches')).toBeVisible()
  await expect(page.getByRole('contentinfo')).not.toContainText('fault')
})

test('a paused job can be cancelled from the list, and a cancelled one cannot be resumed', async ({ page }) => {
  await failBatch(page, 1)
  await assignAsJob(page, 'Willow Bicycles', 'Oskar Eklund')
  await expect(title(page)).toContainText('Paused')
  await switchAllOff(page)

  await goTo(page, 'System jobs')
  const row = page.getByRole('grid', { name: 'System jobs' }).getByRole('row').nth(1)
  await row.getByRole('button', { name: /^Cancel job/ }).click()

  await expect(row).toContainText('Cancelled')
  await expect(row.getByRole('button', { name: /^Resume/ })).toHaveCount(0)
  await row.click()
  await expect(standing(page)).toContainText('The job is over.')
})

test('a job that is tried again later says when, and completes by itself once the cause is gone', async ({ page }) => {
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 4)
  await setNumber(page, 'Wait before the next try', 5)
  await failBatch(page, 2)

  await assignAsJob(page, 'Meridian Holding', 'Greta Adler')

  await expect(standing(page)).toContainText(/Next try in \d s/)
  await expect(standing(page)).toContainText('try 1 of 4 failed')
  await expect(page.getByRole('contentinfo')).toContainText('next try in')
  await switchAllOff(page)
  await expect(title(page)).toContainText('Completed')
})

test('a killed worker does not stop a job, and previews go on working meanwhile', async ({ page }) => {
  await slowMotion(page, 1_500)
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  const faults = await openFaults(page)
  await faults.getByRole('button', { name: 'Kill the worker' }).click()
  await expect(faults.getByText('killed just now')).toBeVisible()

  await choose(page, faults.getByRole('combobox', { name: 'Record' }), 'Kestrel Group')
  await faults.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Kestrel Group' })
  await expect(dialog.getByRole('button', { name: 'Delete 1 record' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await expect(title(page)).toContainText('Completed')
  await expect(page.getByText('Fault: the worker thread was killed on purpose.')).toBeVisible()
  await expect(page.getByText('8 of 8 records')).toBeVisible()
  await switchAllOff(page)
})

test('while a job runs its page asks for no counts of tables, and the overview only for those of the job', async ({ page }) => {
  const asked: unknown[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const { method, args } = JSON.parse(String(payload)) as { method?: string; args?: { tables: unknown }[] }
      if (method === 'records.counts') asked.push(args?.[0]?.tables)
    }),
  )
  await goTo(page, 'Overview')
  await page.reload()
  await expect(page.getByRole('main').getByText('Tables with the most records')).toBeVisible()
  await expect.poll(() => asked).toContain(null)

  await slowMotion(page, 300)
  await assignAsJob(page, 'Meridian Holding', 'Hana Keller')
  // Until the page of the job is there, the grid is still on screen, and may count.
  await expect(standing(page)).toBeVisible()
  const before = asked.length
  await expect(title(page)).toContainText('Completed')
  const meanwhile = asked.slice(before)
  await switchAllOff(page)
  await goTo(page, 'Overview')

  expect(meanwhile).toEqual([])
  await expect.poll(() => asked.slice(before)).not.toEqual([])
  expect(asked.slice(before)).not.toContain(null)
})

test('without its user a job pauses with the platform’s code, and goes on when the user is back', async ({ page }) => {
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 1)
  await choose(page, page.getByRole('combobox', { name: /^Work as/ }), 'Greta Adler')
  await slowMotion(page, 1_000)
  await assignAsJob(page, 'Meridian Holding', 'Greta Adler')
  const faults = await openFaults(page)
  await faults.getByRole('button', { name: 'Disable user' }).click()

  await expect(title(page)).toContainText('Paused')
  await expect(standing(page)).toContainText('0x80040225')
  await expect(faults.getByText('Greta Adler disabled')).toHaveCount(2)
  await faults.getByRole('button', { name: 'Enable Greta Adler' }).click()
  await standing(page).getByRole('button', { name: 'Resume' }).click()

  await expect(title(page)).toContainText('Completed')
  await switchAllOff(page)
})

test('a delete that meets a record deleted meanwhile pauses, and is executed again without it', async ({ page }) => {
  await choose(page, page.getByRole('combobox', { name: /^Work as/ }), 'admin')
  await goTo(page, 'Settings')
  await setNumber(page, 'Batch size', 1)
  await failBatch(page, 1)
  const panel = await openRecord(page, 'Account', 'Willow Bicycles')
  await panel.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Willow Bicycles' })
  await chooseOption(page, dialog.getByRole('combobox', { name: 'Mode' }), 'Asynchronous')
  await dialog.getByRole('button', { name: 'Delete 4 records' }).click()
  await expect(dialog.getByText('Paused: 0 of 4 records')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await panel.getByRole('button', { name: /Contact contact_customer_accounts/ }).click()
  const contact = page.getByRole('grid', { name: 'Records of Contact' }).getByRole('row').nth(1).getByRole('gridcell').nth(1)
  // A row whose page is still being fetched cannot be opened.
  await expect(contact).toHaveText(/\S/)
  await contact.click()
  await page
    .getByRole('complementary', { name: /^Record/ })
    .getByRole('button', { name: 'Delete' })
    .click()
  await page
    .getByRole('dialog', { name: /^Delete/ })
    .getByRole('button', { name: 'Delete 2 records' })
    .click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await switchAllOff(page)
  await page.getByRole('contentinfo').getByRole('button', { name: '1 paused job' }).click()
  await standing(page).getByRole('button', { name: 'Resume' }).click()

  await expect(standing(page)).toContainText('0x80040217')
  await standing(page).getByRole('button', { name: 'Execute again' }).click()
  await expect(title(page)).toContainText('Completed')
  await goTo(page, 'Records')
  await expect(page.getByText('No record matches')).toBeVisible()
})
