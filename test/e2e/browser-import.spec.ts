import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/app.ts'
import { closeEnvironment, dropOnWindow } from './support/screens.ts'
import { SMALL_SOLUTION } from './support/small-solution.ts'

/** Named for the browser host: in Electron the file dialog is the system's own and out of a test's reach. */

test('a solution is inspected, imported and reported, and its tables are in the model', async ({ page }) => {
  await page.getByRole('button', { name: 'Import a solution' }).first().click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose file' }).click()
  await (await chooser).setFiles({ name: 'customizations.xml', mimeType: 'text/xml', buffer: Buffer.from(SMALL_SOLUTION) })

  await expect(page.getByRole('checkbox', { name: /customizations/i })).toBeChecked()
  await page.getByRole('button', { name: 'Import 1 source' }).click()

  await expect(page.getByRole('button', { name: /tables added/ })).toBeVisible()
  await expect(page.getByText('lab_depot').first()).toBeVisible()
  await page.getByRole('button', { name: 'lab_depot', exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('stub')
})

test('a file that cannot be read says why and changes nothing', async ({ page }) => {
  await page.getByRole('button', { name: 'Import a solution' }).first().click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose file' }).click()
  await (await chooser).setFiles({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('not a zip') })

  await expect(page.getByRole('alert')).toContainText('The file could not be read')
})

test('a CSV file is mapped column by column', async ({ page }) => {
  const csv = 'name,address1_city\nHeron Instruments,Porto\nOsprey Trading,Gent\n'
  await page.getByRole('button', { name: 'Import a solution' }).first().click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose file' }).click()
  await (await chooser).setFiles({ name: 'account.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })

  await expect(page.getByRole('combobox', { name: 'Table' })).toContainText('Account')
  await expect(page.getByRole('combobox', { name: 'Column for address1_city' })).toContainText('City')
  await page.getByRole('button', { name: 'Import 2 rows' }).click()

  await expect(page.getByText(/2 records/).first()).toBeVisible()
})

test('a folder dropped before there is an environment is imported into the one that is then made', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'depot', 'Other')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'customizations.xml'), SMALL_SOLUTION)
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await closeEnvironment(page)

  await dropOnWindow(page, [join(dataFolder, 'depot')])
  const dialog = page.getByRole('dialog', { name: 'New environment' })
  await expect(dialog).toContainText('depot is imported into it')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Make an environment for it' }).click()
  await dialog.getByRole('button', { name: 'Create environment' }).click()

  await expect(page.getByRole('checkbox', { name: /Unpacked solution/ })).toBeChecked()
  await page.getByRole('button', { name: 'Import 1 source' }).click()
  await expect(page.getByRole('button', { name: /tables added/ })).toBeVisible()
})
