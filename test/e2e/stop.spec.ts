import { expect, test } from './support/app.ts'
import { choose, goTo } from './support/screens.ts'

test('generating is stopped in the dialog that began it, and leaves nothing', async ({ page }) => {
  await goTo(page, 'Overview')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Generate records')
  await page.getByRole('option', { name: 'Generate records' }).click()
  const dialog = page.getByRole('dialog', { name: 'Generate records' })
  await choose(page, dialog.getByRole('combobox', { name: 'Table' }), 'Task')
  await dialog.getByRole('spinbutton', { name: 'Records', exact: true }).fill('9000000')
  await dialog.getByRole('button', { name: 'Generate 9,000,000 records' }).click()

  await dialog.getByRole('button', { name: 'Stop' }).click()

  await expect(dialog.getByRole('alert')).toContainText('You stopped this work')
  // The environment takes others at once.
  await dialog.getByRole('spinbutton', { name: 'Records', exact: true }).fill('2')
  await dialog.getByRole('button', { name: 'Generate 2 records' }).click()
  await expect(page.getByText('Generated 2 records')).toBeVisible()
})
