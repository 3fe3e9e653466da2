import { expect, test } from './support/app.ts'
import { chooseOption, goTo } from './support/screens.ts'

test.beforeEach(async ({ page }) => {
  await goTo(page, 'Model')
})

test('the model lists tables, finds them by search and opens one', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search tables' }).fill('acc')

  await expect(page.getByRole('grid', { name: 'Tables' }).getByRole('row')).toHaveCount(2)
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Account')
  await expect(page.getByRole('row', { name: /contact_customer_accounts/ })).toContainText('Parental')
  await page.getByRole('tab', { name: /Columns/ }).click()
  await expect(page.getByRole('row', { name: /primary name/ })).toContainText('name')
})

test('a relationship says in sentences what each action does, and keeps what is changed', async ({ page }) => {
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()
  await page.getByRole('row', { name: /contact_customer_accounts/ }).click()
  const panel = page.getByRole('complementary', { name: 'Relationship' })
  await expect(panel.getByText('Deleting an Account deletes its Contact records.')).toBeVisible()

  await chooseOption(page, panel.getByRole('combobox', { name: 'Delete' }), 'Restrict')

  await expect(panel.getByText('An Account cannot be deleted while Contact records point to it.')).toBeVisible()
  await expect(panel.getByRole('combobox', { name: 'Type of behavior' })).toContainText('Custom')
  await panel.getByRole('button', { name: 'Save relationship' }).click()
  await expect(page.getByRole('row', { name: /contact_customer_accounts/ })).toContainText('Restrict')
  await page.reload()
  await goTo(page, 'Model')
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()
  await expect(page.getByRole('row', { name: /contact_customer_accounts/ })).toContainText('Restrict')
})

test('only values that an action allows are offered', async ({ page }) => {
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()
  await page.getByRole('row', { name: /contact_customer_accounts/ }).click()
  const panel = page.getByRole('complementary', { name: 'Relationship' })

  await panel.getByRole('combobox', { name: 'Delete' }).click()

  await expect(page.getByRole('option')).toHaveText(['Cascade All', 'Remove Link', 'Restrict'])
})

test("a refused change stays as chosen and shows the platform's code", async ({ page }) => {
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()
  await page.getByRole('row', { name: /opportunity_parent_account/ }).click()
  const panel = page.getByRole('complementary', { name: 'Relationship' })

  await chooseOption(page, panel.getByRole('combobox', { name: 'Delete' }), 'Cascade All')
  await panel.getByRole('button', { name: 'Save relationship' }).click()

  await expect(panel.getByRole('alert')).toContainText('0x80047007')
  await expect(panel.getByRole('combobox', { name: 'Delete' })).toContainText('Cascade All')
})
