import { expect, test } from './support/app.ts'

test('the first start opens the sample, not an empty window', async ({ page }) => {
  await expect(page.getByText('Sample').first()).toBeVisible()
  await expect(page).toHaveTitle(/Cascade Workbench/)
})

test('the page survives being loaded again', async ({ page }) => {
  await expect(page.getByText('Sample').first()).toBeVisible()

  await page.reload()

  await expect(page.getByText('Sample').first()).toBeVisible()
})
