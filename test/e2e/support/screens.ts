import type { Locator, Page } from 'playwright/test'
import { expect } from './app.ts'

/** Goes to a section by the navigation. */
export async function goTo(page: Page, section: 'Overview' | 'Model' | 'Records' | 'System jobs' | 'Settings'): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: section }).click()
}

/** Chooses in a control whose list is searched by typing. */
export async function choose(page: Page, control: Locator, search: string): Promise<void> {
  await control.click()
  await page.keyboard.type(search)
  await page.getByRole('option', { name: search }).first().click()
}

export async function chooseOption(page: Page, select: Locator, option: string): Promise<void> {
  await select.click()
  await page.getByRole('option', { name: option }).first().click()
}

/** Shows the records of a table and waits until the grid knows how many there are. */
export async function showRecords(page: Page, table: string): Promise<Locator> {
  await goTo(page, 'Records')
  await choose(page, page.getByRole('main').getByRole('combobox', { name: 'Table' }), table)
  const grid = page.getByRole('grid', { name: `Records of ${table}` })
  await expect(grid.getByRole('gridcell').nth(1)).not.toBeEmpty()
  return grid
}

/** Searches and waits for the answer: until then the rows under the pointer may still change. */
export async function searchRecords(page: Page, text: string): Promise<void> {
  const count = page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: /record|Counting/ })
  const all = await count.textContent()
  await page.getByRole('searchbox', { name: 'Search records' }).fill(text)
  await expect(count).not.toHaveText(all ?? '')
  await expect(count).not.toHaveText('Counting…')
}

/** Finds a record by its name and opens it in the side panel. */
export async function openRecord(page: Page, table: string, name: string): Promise<Locator> {
  const grid = await showRecords(page, table)
  await searchRecords(page, name)
  await grid.getByRole('gridcell', { name, exact: true }).first().click()
  const panel = page.getByRole('complementary', { name: `Record ${name}` })
  await expect(panel).toBeVisible()
  return panel
}
