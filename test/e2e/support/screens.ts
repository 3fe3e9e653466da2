import type { Locator, Page } from 'playwright/test'
import { expect } from './app.ts'

/** Goes to a section by the navigation. */
export async function goTo(page: Page, section: 'Overview' | 'Model' | 'Records' | 'System jobs' | 'Plug-ins' | 'Settings'): Promise<void> {
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

/** Opens the panel with what goes wrong on purpose; one that is open already stays so. */
export async function openFaults(page: Page): Promise<Locator> {
  const button = page.getByRole('button', { name: 'Faults', exact: true }).first()
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  const panel = page.getByRole('complementary', { name: 'Faults' })
  await expect(panel.getByRole('slider', { name: 'Slow motion' })).toBeEnabled()
  return panel
}

/** Types a number into a setting; it counts when Enter is pressed. */
export async function setNumber(page: Page, name: string, value: number): Promise<void> {
  const field = page.getByRole('spinbutton', { name, exact: true })
  await field.fill(String(value))
  await field.press('Enter')
  await expect(field).toHaveValue(String(value))
}

/** Starts an assign of a record as a system job, and goes to the job's page. */
export async function assignAsJob(page: Page, account: string, to: string): Promise<void> {
  const panel = await openRecord(page, 'Account', account)
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: `Assign ${account}` })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), to)
  await chooseOption(page, dialog.getByRole('combobox', { name: 'Mode' }), 'Asynchronous')
  await dialog.getByRole('button', { name: /^Assign \d+ records?$/ }).click()
  await dialog.getByRole('button', { name: 'Open the system job' }).click()
}

/** Drops files or folders of this computer on the window, as a person does with the pointer. */
export async function dropOnWindow(page: Page, paths: string[]): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data: { items: [], files: paths, dragOperationsMask: 1 } })
  }
  await session.detach()
}

export async function closeEnvironment(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button').first().click()
  await page.getByRole('menuitem', { name: 'Close environment' }).click()
  await expect(page.getByRole('heading', { name: 'Cascade Workbench' })).toBeVisible()
}

/** Shows a part of the plug-ins: `Installed`, `Available`, … */
export async function showPlugins(page: Page, part: 'Installed' | 'Available' | 'Order of execution' | 'Trace log'): Promise<void> {
  await goTo(page, 'Plug-ins')
  await page.getByRole('navigation', { name: 'Parts of Plug-ins' }).getByRole('button', { name: part }).click()
}

/** Has the app look at a plug-in by its path, and waits until it says what it found. */
export async function lookAtPlugin(page: Page, path: string): Promise<Locator> {
  await showPlugins(page, 'Available')
  if (await inElectron(page)) await dropOnWindow(page, [path])
  else await givePath(page, path, () => page.getByRole('button', { name: 'By its path…' }).click())
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('status', { name: 'Looking at the plug-in' })).toHaveCount(0)
  return dialog
}

/** Installs a plug-in by its path, agrees to it, and leaves its page open. */
export async function installPlugin(page: Page, path: string): Promise<void> {
  const dialog = await lookAtPlugin(page, path)
  const isAsked = (await dialog.getByText('It asks for nothing beyond records').count()) === 0
  const agree = () => dialog.getByRole('button', { name: 'Install and enable' }).click()
  await (isAsked ? allowPermissions(page, agree) : agree())
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')
}

const inElectron = (page: Page): Promise<boolean> => page.evaluate(() => 'cascade' in window)

/** Does what makes the browser host ask, and returns the page that it opens for its question. */
export async function questionAfter(page: Page, act: () => Promise<void>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await act()
  const question = await opened
  await question.waitForLoadState()
  return question
}

/** Names a file of this computer on the page on which the browser host asks for it. */
export async function givePath(page: Page, path: string, act: () => Promise<void>): Promise<void> {
  const question = await questionAfter(page, act)
  await question.getByRole('textbox', { name: 'Path on this computer' }).fill(path)
  await question.getByRole('button', { name: 'Use this path' }).click()
  await expect(question.getByText('You can close this page')).toBeVisible()
  await question.close()
}

/** Allows a plug-in what it asks for, on the page on which the browser host asks. */
export async function allowPermissions(page: Page, act: () => Promise<void>): Promise<void> {
  const question = await questionAfter(page, act)
  await question.getByRole('checkbox', { name: 'I trust this plug-in' }).check()
  await question.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(question.getByText('You can close this page')).toBeVisible()
  await question.close()
}
