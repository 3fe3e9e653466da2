import { expect, test } from './support/app.ts'
import { chooseOption, goTo } from './support/screens.ts'

test('every number of the overview opens what it counts', async ({ page }) => {
  await page
    .getByRole('button', { name: /^26 Relationships|Relationships$/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Model' })).toBeVisible()

  await goTo(page, 'Overview')
  await page
    .getByRole('button', { name: /System jobs$/ })
    .nth(1)
    .click()

  await expect(page.getByText('No system jobs yet')).toBeVisible()
})

test('search finds tables, records and commands from everywhere', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('meridian hold')
  await page.getByRole('option', { name: /Meridian Holding/ }).click()
  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('opportunity_sales_orders')
  await page.getByRole('option', { name: /opportunity_sales_orders/ }).waitFor()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('complementary', { name: 'Relationship' })).toBeVisible()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()
})

test('dark mode can be chosen and is remembered', async ({ page }) => {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.reload()

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(22, 24, 29)')
})

test('the environment can be closed, and opened again from the start page', async ({ page }) => {
  await page.getByRole('button', { name: 'Sample' }).click()
  await page.getByRole('menuitem', { name: 'Close environment' }).click()
  await expect(page.getByRole('heading', { name: 'Cascade Workbench' })).toBeVisible()

  await page
    .getByRole('list')
    .getByRole('button', { name: /Sample/ })
    .click()

  await expect(page.getByRole('heading', { level: 1, name: 'Sample' })).toBeVisible()
})

test('a setting is kept in the environment', async ({ page }) => {
  await goTo(page, 'Settings')
  await chooseOption(page, page.getByRole('combobox', { name: 'Thresholds profile' }), 'Documentation of 2023')
  await expect(page.getByRole('spinbutton', { name: 'Threshold for Delete' })).toHaveValue('10000')
  await page.getByRole('switch', { name: 'Run large cascades asynchronously' }).click()

  await page.reload()
  await goTo(page, 'Settings')

  await expect(page.getByRole('spinbutton', { name: 'Threshold for Delete' })).toHaveValue('10000')
  await expect(page.getByRole('switch', { name: 'Run large cascades asynchronously' })).not.toBeChecked()
})
