import type { Locator, Page } from 'playwright/test'
import { seriousViolations } from './support/accessibility.ts'
import { expect, test } from './support/app.ts'
import { writeKeeper, writePhoneWatch } from './support/phone-plugins.ts'
import { assignAsJob, choose, chooseOption, goTo, installPlugin, openRecord, setNumber } from './support/screens.ts'

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const standing = (page: Page) => page.getByRole('region', { name: 'What happens next' })
const log = (page: Page) => page.getByRole('grid', { name: 'Runs of plug-in steps' })
const rows = (page: Page) =>
  log(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
const runPanel = (page: Page) => page.getByRole('complementary', { name: /^Run of/ })

/** What axe finds in the light theme and in the dark one. */
async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    found.push(...(await seriousViolations(page)))
  }
  return found
}

/** Assigns an account with all that belongs to it at once, and waits until it is done. */
async function assign(page: Page, account: string, to: string): Promise<void> {
  const panel = await openRecord(page, 'Account', account)
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: `Assign ${account}` })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), to)
  await chooseOption(page, dialog.getByRole('combobox', { name: 'Mode' }), 'Synchronous')
  await dialog.getByRole('button', { name: /^Assign \d+ records?$/ }).click()
  await expect(dialog).toHaveCount(0)
}

/** From wherever one was: the second click leads from a plug-in's own page to the list with the parts. */
async function showTraceLog(page: Page): Promise<void> {
  await goTo(page, 'Plug-ins')
  await goTo(page, 'Plug-ins')
  await page.getByRole('navigation', { name: 'Parts of Plug-ins' }).getByRole('button', { name: 'Trace log' }).click()
}

/** Opens the run in the log that says this. */
async function openRun(page: Page, text: string): Promise<Locator> {
  await rows(page).filter({ hasText: text }).first().click()
  await expect(runPanel(page)).toBeVisible()
  return runPanel(page)
}

test('the trace log is empty at first and says what fills it, then shows each run with what it saw, changed and set off', async ({
  page,
  dataFolder,
}) => {
  await showTraceLog(page)
  await expect(page.getByText('No step has run yet')).toBeVisible()
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')

  await showTraceLog(page)
  await expect(rows(page)).toHaveCount(4)
  const panel = await openRun(page, 'the phone goes with the owner')

  await expect(panel.getByRole('region', { name: 'Outcome' })).toContainText('Done')
  const images = panel.getByRole('table', { name: 'Images' })
  await expect(images.getByRole('row', { name: /ownerid/ })).toContainText('Oskar Eklund')
  await expect(images.getByRole('row', { name: /ownerid/ }).getByLabel('changed')).toBeVisible()
  await expect(images.getByRole('row', { name: /industry/ })).toHaveCount(0)
  const tree = panel.getByRole('tree', { name: 'Nested calls' })
  await expect(tree.getByRole('treeitem')).toHaveCount(2)
  await expect(tree.getByRole('treeitem').nth(1)).toContainText('depth 2')
  expect(await violationsInBothThemes(page)).toEqual([])

  await tree.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem')).toHaveCount(1)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(panel.locator('pre')).toHaveText('nested')
  await expect(panel.getByText('4 steps of this record in the same request')).toBeVisible()

  await panel.getByRole('button', { name: /PreOperation/ }).click()
  const target = panel.getByRole('table', { name: 'Target' })
  await expect(target.getByRole('row', { name: /industry/ })).toContainText('Moved')
})

test('a run is repeated in a transaction that is rolled back, and says what would have changed', async ({ page, dataFolder }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')
  const edited = page.getByRole('complementary', { name: 'Record Willow Bicycles' })
  await edited.getByRole('button', { name: 'Edit' }).click()
  await edited.getByRole('textbox', { name: 'Main Phone' }).fill('+00 2')
  await edited.getByRole('button', { name: 'Save' }).click()
  await expect(edited.getByRole('button', { name: 'Edit' })).toBeVisible()
  await showTraceLog(page)
  const panel = await openRun(page, 'the phone goes with the owner')

  await panel.getByRole('button', { name: 'Run again' }).click()

  const trial = panel.getByRole('region', { name: 'Run again' })
  await expect(trial).toContainText('Nothing was kept')
  await expect(trial.getByRole('table', { name: 'The run then and now' }).getByRole('row', { name: /Trace/ })).toContainText(
    'the phone goes with the owner',
  )
  await expect(trial.getByRole('table', { name: 'What would have changed' }).getByRole('row', { name: /telephone1/ })).toContainText(
    '+00 1',
  )
  expect(await violationsInBothThemes(page)).toEqual([])
  await goTo(page, 'Records')
  await expect(edited).toContainText('+00 2')
})

test('a run whose record is gone cannot be repeated, and says so', async ({ page, dataFolder }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')
  await page.getByRole('complementary', { name: 'Record Willow Bicycles' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 4 records' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await showTraceLog(page)
  const run = await openRun(page, 'the phone goes with the owner')

  await expect(run.getByRole('button', { name: 'Run again' })).toBeDisabled()
  await expect(run.getByText(/It cannot be run again/)).toBeVisible()
})

test('a job that a plug-in stopped names it, leads to the failing run and to the record’s steps, and says where the time goes', async ({
  page,
  dataFolder,
}) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await installPlugin(page, await writeKeeper(dataFolder))
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 2)
  await setNumber(page, 'Wait before the next try', 0)
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  await expect(title(page)).toContainText('Paused')

  await expect(standing(page)).toContainText('Plug-in keeper, Update of account, PreOperation, on Meridian Europe')
  const times = page.getByRole('region', { name: 'Time in plug-in steps' })
  await expect(times).toContainText(/(phone-watch|keeper) .*takes \d+ % of the step time/)
  await expect(
    times
      .getByRole('row', { name: /keeper/ })
      .getByRole('cell')
      .last(),
  ).toHaveText('2')
  expect(await violationsInBothThemes(page)).toEqual([])

  await standing(page).getByRole('button', { name: 'Open the refused run' }).click()
  await expect(runPanel(page).getByRole('region', { name: 'Outcome' })).toContainText('Europe keeps its owner')
  await expect(runPanel(page).getByRole('region', { name: 'Outcome' })).toContainText('0x80040265')
  await goTo(page, 'System jobs')
  await standing(page).getByRole('button', { name: 'All steps of this record' }).click()

  const steps = page.getByRole('complementary', { name: 'Record Meridian Europe' })
  await expect(steps.getByRole('tab', { name: 'Plug-in steps' })).toHaveAttribute('aria-selected', 'true')
  await expect(steps.getByRole('button', { name: /keeper/ })).toHaveCount(2)
  await expect(steps.getByRole('button', { name: /keeper.*try 2/ })).toContainText('Refused')
  await steps.getByRole('button', { name: /keeper.*try 2/ }).click()
  await expect(steps.getByText('Europe keeps its owner')).toBeVisible()
  expect(await violationsInBothThemes(page)).toEqual([])
})

test('the log is filtered by outcome, plug-in, table and text, and by the job that leads there', async ({ page, dataFolder }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await installPlugin(page, await writeKeeper(dataFolder))
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 1)
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  await expect(title(page)).toContainText('Paused')
  await page.reload() // Forgets the search for the first account, which found one record as the next one does.
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')

  await showTraceLog(page)
  await chooseOption(page, page.getByRole('combobox', { name: 'Outcome' }), 'Errors only')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('Europe keeps its owner')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await choose(page, page.getByRole('combobox', { name: 'Plug-in' }), 'keeper')
  await expect(rows(page)).toHaveCount(3)
  await page.getByRole('searchbox', { name: 'Search trace and errors' }).fill('no such text')
  await expect(page.getByText('No run matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await choose(page, page.getByRole('combobox', { name: 'Table' }), 'Contact')
  await expect(page.getByText('No run matches')).toBeVisible()

  await goTo(page, 'System jobs')
  await page.getByRole('grid', { name: 'System jobs' }).getByRole('row').nth(1).click()
  await page.getByRole('button', { name: /runs? in the trace log/ }).click()
  await expect(page.getByRole('combobox', { name: 'Job' })).toContainText('Cascade Assign')
  await expect(rows(page).filter({ hasText: 'Willow' })).toHaveCount(0)
  await expect(rows(page).filter({ hasText: 'Meridian' }).first()).toBeVisible()
})

test('while a run is open newer runs are counted and nothing moves; they come when they are asked for', async ({ page, dataFolder }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')
  await showTraceLog(page)
  await openRun(page, 'a new owner is on the way')
  const before = await rows(page).allTextContents()

  const faults = page.getByRole('button', { name: 'Faults', exact: true }).first()
  await faults.click()
  const meanwhile = page.getByRole('complementary', { name: 'Faults' })
  await choose(page, meanwhile.getByRole('combobox', { name: 'Record' }), 'Kestrel Group')
  await meanwhile.getByRole('button', { name: 'Assign…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign Kestrel Group' })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'Oskar Eklund')
  await dialog.getByRole('button', { name: /^Assign \d+ records?$/ }).click()
  await expect(dialog).toHaveCount(0)

  const newer = page.getByRole('button', { name: /newer runs/ })
  await expect(newer).toBeVisible()
  expect(await rows(page).allTextContents()).toEqual(before)
  await newer.click()
  await expect(rows(page).first()).toContainText('Kestrel')
})

test('asynchronous steps are system events: listed with their outcome, and only failed ones on demand', async ({ page, dataFolder }) => {
  await goTo(page, 'System jobs')
  await chooseOption(page, page.getByRole('combobox', { name: 'View' }), 'System Events')
  await expect(page.getByText('No system events yet')).toBeVisible()
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')

  await goTo(page, 'System jobs')
  const grid = page.getByRole('grid', { name: 'System events' })
  const row = grid.getByRole('row', { name: /phone-watch/ })
  await expect(row).toContainText('Completed')
  await row.click()
  const panel = page.getByRole('complementary', { name: /^System event/ })
  await expect(panel).toContainText('System Event (1)')
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.getByRole('checkbox', { name: 'Only failed ones' }).check()
  await expect(page.getByText('No failed system event')).toBeVisible()
  await panel.getByRole('button', { name: 'Its runs in the trace log' }).click()
  await expect(rows(page).filter({ hasText: 'after the commit' })).toHaveCount(1)
})

test('the log and a run are reached by the keyboard alone', async ({ page, dataFolder }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await assign(page, 'Willow Bicycles', 'Oskar Eklund')
  await showTraceLog(page)
  await expect(rows(page)).toHaveCount(4)

  await log(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(runPanel(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(runPanel(page)).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await runPanel(page).getByRole('button', { name: 'Run again' }).focus()
  await page.keyboard.press('Enter')

  await expect(runPanel(page).getByRole('heading', { name: 'Run again' })).toBeFocused()
})
