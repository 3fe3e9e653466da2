import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { corpusFolder, isCorpusPresent } from '../support/corpus.ts'
import { expect, shareApp } from './support/app.ts'
import { choose, chooseOption, closeEnvironment, dropOnWindow, goTo, showRecords } from './support/screens.ts'

/** Real solutions, from the drop on an empty window to the end of each operation. Named for the browser host, whose drop can be driven. */
const AUTOMATION = join(corpusFolder, 'microsoft+powercat-automation-kit')
const AUTOMATION_SOLUTION = join(AUTOMATION, 'AutomationCoEMain/SolutionPackage/src')
const AUTOMATION_DATA = join(AUTOMATION, 'AutomationKIT_Packages/Source/AutomationKITPackage_Main/PkgAssets/AutomationKit-SampleData.zip')
const FINANCE = join(corpusFolder, 'microsoft+Industry-Accelerator-FinancialServices/CDS.solutions/FinancialServicesCore/Extracts/Base')

const test = shareApp({ isThere: isCorpusPresent, missing: 'The corpus of real solutions does not lie beside this checkout.' })
test.describe.configure({ mode: 'serial' })

interface Rule {
  table: string
  shape: 'A number of records' | 'For each parent'
  relationship?: string
  field: 'Records' | 'Records for each parent'
  value: number
}

async function generate(page: Page, { table, shape, relationship, field, value }: Rule): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Generate records')
  await page.getByRole('option', { name: 'Generate records' }).click()
  const dialog = page.getByRole('dialog', { name: 'Generate records' })
  await choose(page, dialog.getByRole('combobox', { name: 'Table' }), table)
  await chooseOption(page, dialog.getByRole('combobox', { name: 'How many' }), shape)
  if (relationship !== undefined) await chooseOption(page, dialog.getByRole('combobox', { name: 'Relationship' }), relationship)
  await dialog.getByRole('spinbutton', { name: field, exact: true }).fill(String(value))
  await dialog.getByRole('button', { name: /^Generate [\d,]+ records$/ }).click()
  await expect(dialog).toHaveCount(0)
}

const openFirst = async (page: Page, table: string) => {
  const grid = await showRecords(page, table)
  const first = grid.getByRole('row').nth(1).getByRole('gridcell').nth(1)
  // A row whose page is still being fetched cannot be opened.
  await expect(first).toHaveText(/\S/)
  await first.click()
  return page.getByRole('complementary', { name: /^Record / })
}

test('a folder dropped on the start page makes its environment, and its data follows', async ({ page }) => {
  await closeEnvironment(page)
  await dropOnWindow(page, [AUTOMATION_SOLUTION])
  await page.getByRole('dialog', { name: 'New environment' }).getByRole('button', { name: 'Create environment' }).click()

  await page.getByRole('button', { name: 'Import 1 source' }).click()
  await expect(page.getByRole('button', { name: /tables added/ })).toBeVisible()

  await dropOnWindow(page, [AUTOMATION_DATA])
  await page.getByRole('button', { name: 'Import 1 source' }).click()
  await expect(page.getByRole('button', { name: /^205 records 205 new/ })).toBeVisible()
  await goTo(page, 'Model')
  await expect(page.getByRole('gridcell', { name: 'autocoe_automationproject', exact: true })).toBeVisible()
})

test('an assign flows to generated children, as a system job to its end', async ({ page }) => {
  await generate(page, {
    table: 'autocoe_processsubcategory',
    shape: 'For each parent',
    relationship: 'autocoe_processcategory (autocoe_processcategory)',
    field: 'Records for each parent',
    value: 200,
  })
  const panel = await openFirst(page, 'Process Category')
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: /^Assign/ })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'admin')
  await chooseOption(page, dialog.getByRole('combobox', { name: 'Mode' }), 'Asynchronous')
  await dialog.getByRole('button', { name: /^Assign 20\d records$/ }).click()
  await dialog.getByRole('button', { name: 'Open the system job' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Completed')
  await expect(page.getByText(/20\d of 20\d records/)).toBeVisible()
})

test('a delete takes the generated children with it', async ({ page }) => {
  const panel = await openFirst(page, 'Process Category')
  await panel.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: /^Delete/ })
  await dialog.getByRole('button', { name: /^Delete 20\d records$/ }).click()

  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(/: 2\d\d records in all/)).toBeVisible()
})

test('from the threshold on, two companies of another solution are merged by a system job', async ({ page }) => {
  await dropOnWindow(page, [FINANCE])
  await page.getByRole('checkbox', { name: /platform’s own definitions/ }).check()
  await page.getByRole('button', { name: 'Import 1 source' }).click()
  await expect(page.getByRole('button', { name: /tables added/ })).toBeVisible()
  await generate(page, { table: 'account', shape: 'A number of records', field: 'Records', value: 2 })
  await generate(page, {
    table: 'contact',
    shape: 'For each parent',
    relationship: 'contact_customer_accounts',
    field: 'Records for each parent',
    value: 1_200,
  })
  const panel = await openFirst(page, 'Company')
  await panel.getByRole('button', { name: 'Merge' }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge records' })
  await dialog.getByRole('combobox', { name: 'Second record' }).click()
  await page.getByRole('option').last().click()
  await dialog.getByRole('button', { name: 'Merge 2 records and move 1,200 records' }).click()
  await dialog.getByRole('button', { name: 'Open the system job' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Completed')
  await expect(page.getByText('1,201 of 1,201 records')).toBeVisible()
  const companies = await showRecords(page, 'Company')
  await expect(companies.getByRole('gridcell', { name: 'Inactive', exact: true }).first()).toBeVisible()
})
