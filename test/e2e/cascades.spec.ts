import { expect, test } from './support/app.ts'
import { choose, chooseOption, goTo, openRecord, searchRecords, showRecords } from './support/screens.ts'

test('an assign shows what it will change, row by row, before it can be started', async ({ page }) => {
  const panel = await openRecord(page, 'Account', 'Meridian Holding')
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign Meridian Holding' })
  await expect(dialog.getByRole('button', { name: /^Assign record/ })).toBeDisabled()

  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'Greta Adler')
  await expect(dialog.getByText(/Synchronous because 8 affected records/).first()).toBeVisible()
  await dialog.getByRole('button', { name: /Show 4 records of Contact/ }).click()
  await expect(dialog.getByRole('grid').getByRole('row').nth(1)).toContainText('Greta Adler')
  await dialog.getByRole('button', { name: 'Summary' }).click()
  await dialog.getByRole('button', { name: 'Assign 8 records' }).click()

  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('Assigned 8 records to Greta Adler')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Greta Adler' })).toBeVisible()
})

test('a delete that Restrict blocks names the records that block it and cannot be started', async ({ page }) => {
  const panel = await openRecord(page, 'Account', 'Harbour Mill Textiles')

  await panel.getByRole('button', { name: 'Delete' }).click()

  const dialog = page.getByRole('dialog', { name: 'Delete Harbour Mill Textiles' })
  await expect(dialog.getByRole('alert')).toContainText('Blocked by 3 records')
  await expect(dialog.getByRole('alert')).toContainText('0x80040227')
  await expect(dialog.getByRole('button', { name: /^Delete/ })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Order SO-10001' }).click()
  await expect(page.getByRole('complementary', { name: 'Record Order SO-10001' })).toBeVisible()
})

test('a delete removes the record and what goes with it', async ({ page }) => {
  const panel = await openRecord(page, 'Account', 'Kestrel Group')
  await panel.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Kestrel Group' })
  await expect(dialog.getByText('Remove Link')).toBeVisible()

  await dialog.getByRole('button', { name: 'Delete 1 record' }).click()

  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('No record matches')).toBeVisible()
})

test('a merge is refused by the parenting check and goes through without it', async ({ page }) => {
  const grid = await showRecords(page, 'Account')
  await searchRecords(page, 'Kestrel Instruments')
  await grid
    .getByRole('row', { name: /Kestrel Instruments Kestrel Group/ })
    .getByRole('gridcell')
    .first()
    .click()
  await grid
    .getByRole('row', { name: /Kestrel Instruments A\/S/ })
    .getByRole('gridcell')
    .first()
    .click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge records' })
  await expect(dialog.getByRole('alert')).toContainText('0x80045316')
  const merge = dialog.getByRole('button', { name: /^Merge 2 records/ })
  await expect(merge).toBeDisabled()

  await dialog.getByRole('checkbox', { name: 'Enable parenting check' }).click()
  await dialog.getByRole('checkbox', { name: 'Select all fields with data' }).click()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await merge.click()

  await expect(dialog).toHaveCount(0)
  await expect(grid.getByRole('row', { name: /Inactive/ })).toHaveCount(1)
})

test('an asynchronous assign runs as a system job that can be followed to its end', async ({ page }) => {
  const panel = await openRecord(page, 'Account', 'Meridian Holding')
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign Meridian Holding' })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'Oskar Eklund')
  await chooseOption(page, dialog.getByRole('combobox', { name: 'Mode' }), 'Asynchronous')
  await dialog.getByRole('button', { name: 'Assign 8 records' }).click()
  await expect(dialog.getByRole('heading', { name: 'Runs as a system job' })).toBeVisible()

  await dialog.getByRole('button', { name: 'Open the system job' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Completed')
  await expect(page.getByText('8 of 8 records')).toBeVisible()
  await expect(page.getByText('CascadeAssign (90)')).toBeVisible()
  await goTo(page, 'System jobs')
  await chooseOption(page, page.getByRole('combobox', { name: 'View' }), 'Cascade Operations')
  await expect(page.getByRole('grid', { name: 'System jobs' }).getByRole('row').nth(1)).toContainText('Completed')
})
