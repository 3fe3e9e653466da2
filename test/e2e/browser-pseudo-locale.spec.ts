import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { cascadeText } from '../../renderer/features/cascades/texts.ts'
import { faultsText } from '../../renderer/features/faults/texts.ts'
import { jobText } from '../../renderer/features/jobs/texts.ts'
import { overviewText } from '../../renderer/features/overview/texts.ts'
import { pluginsText } from '../../renderer/features/plugins/texts.ts'
import { recordText } from '../../renderer/features/records/texts.ts'
import { startText } from '../../renderer/features/start/texts.ts'
import { traceText } from '../../renderer/features/trace/texts.ts'
import { transferText } from '../../renderer/features/transfer/texts.ts'
import { frameText } from '../../renderer/frame/texts.ts'
import { shellText } from '../../renderer/shell/texts.ts'
import { writePlugin } from '../support/plugin-folder.ts'
import { test as base, expect } from './support/app.ts'
import { writeKeeper, writePhoneWatch } from './support/phone-plugins.ts'
import { plainTexts, say, speakPseudo } from './support/pseudo-locale.ts'
import { assignAsJob, dropOnWindow, givePath, goTo, installPlugin, openRecord, questionAfter, setNumber } from './support/screens.ts'
import { SMALL_SOLUTION } from './support/small-solution.ts'

/** Named for the browser host: texts are the same in Electron, and its file dialogs are out of a test's reach. */

interface Fixtures {
  /** Waits until something is shown, and expects that all texts around it come from a catalogue. */
  check(place: string, shown: Locator): Promise<void>
}

const test = base.extend<Fixtures>({
  check: async ({ page, dataFolder }, use) => {
    await use(async (place, shown) => {
      await expect(shown.first()).toBeVisible()
      expect.soft(await plainTexts(page, dataFolder), place).toEqual([])
    })
  },
})

const follow = (page: Page, path: string) => page.evaluate((hash) => void window.location.assign(hash), `#/${path}`)
const placeOf = async (page: Page): Promise<string> => (await page.evaluate(() => window.location.hash)).slice(2)
const dialog = (page: Page) => page.getByRole('dialog')
const side = (page: Page) => page.getByRole('complementary')
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).first()

/** Chooses the first record, user or team that a search finds. */
async function chooseFound(page: Page, control: Locator, search: string): Promise<void> {
  await control.click()
  await page.keyboard.type(search)
  await page.getByRole('option', { name: search }).first().click()
}

const LOOKS: Record<string, (page: Page) => Locator> = {
  overview: (page) => page.getByText(say(overviewText.try.plugin.title)),
  model: (page) => page.getByRole('gridcell', { name: 'account', exact: true }),
  'model/account': (page) => page.getByRole('row', { name: /contact_customer_accounts/ }),
  'model/account/contact_customer_accounts': (page) => side(page).getByRole('combobox').last(),
  'records/account': (page) => page.getByRole('gridcell', { name: 'Meridian Holding' }),
  'records/hmm': (page) => page.getByText(say(recordText.unknownTable({ table: 'hmm' }))),
  jobs: (page) => page.getByText(say(jobText.list.none)),
  'jobs?view=systemEvents': (page) => page.getByText(say(jobText.events.none)),
  'jobs/hmm': (page) => page.getByRole('heading', { level: 1 }),
  'plugins/installed': (page) => page.getByText(say(pluginsText.none)),
  'plugins/available': (page) => page.getByText('owner-audit'),
  'plugins/order?table=account': (page) => page.getByText(say(pluginsText.order.noStep)),
  trace: (page) => page.getByText(say(traceText.log.none)),
  import: (page) => page.getByText(say(transferText.pick.title)),
  settings: (page) => page.getByRole('spinbutton').last(),
  hmm: (page) => page.getByText(say(shellText.nowhere.heading)),
}

test('every screen speaks the chosen language', async ({ page, check }) => {
  await speakPseudo(page)
  for (const [path, shown] of Object.entries(LOOKS)) {
    await follow(page, path)
    await check(path, shown(page))
  }

  await follow(page, 'model/account')
  for (const part of ['parents', 'columns', 'manyToMany'] as const) {
    await page.getByRole('tab').nth(['children', 'parents', 'columns', 'manyToMany'].indexOf(part)).click()
    await check(`the tab ${part} of a table`, page.getByRole('tabpanel'))
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('a')
  await check('the search', page.getByRole('option'))
  await page.keyboard.press('Escape')
  for (const menu of [shellText.language, shellText.theme]) {
    await button(page, say(menu)).click()
    await check(`the menu ${say(menu)}`, page.getByRole('menu'))
    await page.keyboard.press('Escape')
  }
})

test('records, their forms and the previews of what happens to them speak the chosen language', async ({ page, check }) => {
  await openRecord(page, 'Account', 'Meridian Holding')
  await speakPseudo(page)
  await check('a record', side(page).getByText(say(recordText.panel.children)))
  await button(side(page), say(recordText.panel.edit)).click()
  await check('the form of a record', side(page).getByText(say(recordText.form.save)))
  await page.reload()

  const [, table, id] = (await placeOf(page)).split('/')
  const record = `${table}/${id}`
  await follow(page, `records/${record}?preview=assign&of=${record}`)
  await check('an assign without an owner', dialog(page))
  await chooseFound(page, dialog(page).getByRole('combobox').first(), 'Oskar Eklund')
  await check('an assign', dialog(page).getByText(say(cascadeText.preview.whatHappens)))
  await dialog(page).getByRole('combobox').last().click()
  await check('the modes of an operation', page.getByRole('option'))
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await follow(page, `records/${record}?preview=delete&of=${record}`)
  await check('a delete', dialog(page).getByText(say(cascadeText.preview.whatHappens)))
  await page.keyboard.press('Escape')
  await follow(page, `records/${record}?preview=merge&of=${record}`)
  await chooseFound(page, dialog(page).getByRole('combobox').first(), 'Kestrel Group')
  await check('a merge', dialog(page).getByText(say(cascadeText.merge.parentingCheck)))
  await page.keyboard.press('Escape')

  await follow(page, 'records/account')
  await button(page, say(recordText.newRecord)).click()
  await check('a new record', dialog(page))
  await page.keyboard.press('Escape')
  await button(page, say(recordText.generate)).click()
  await check('the generator', dialog(page))
  await page.keyboard.press('Escape')
  await button(page, say(recordText.columns.choose)).click()
  await check('the choice of columns', page.getByText(say(recordText.columns.showUsual)))
  await page.keyboard.press('Escape')
  await button(page, say(recordText.filter.filter({ column: 'Account Name' }))).click()
  await check('a filter', page.getByText(say(recordText.filter.apply)))
  await page.getByRole('textbox').last().fill('hmm')
  await page.keyboard.press('Enter')
  await check('no record', page.getByText(say(recordText.grid.noMatch)))
})

test('jobs, faults and the trace log speak the chosen language', async ({ page, dataFolder, check }) => {
  await installPlugin(page, await writePhoneWatch(dataFolder))
  await installPlugin(page, await writeKeeper(dataFolder))
  await goTo(page, 'Settings')
  await setNumber(page, 'Tries before a job pauses', 2)
  await setNumber(page, 'Wait before the next try', 0)
  await setNumber(page, 'Batch size', 1)
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused')
  const paused = await placeOf(page)
  await assignAsJob(page, 'Willow Bicycles', 'Oskar Eklund')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Completed')
  await speakPseudo(page)

  const looks: Record<string, Locator> = {
    [await placeOf(page)]: page.getByText(say(jobText.times.explanation)),
    [paused]: page.getByText(say(jobText.times.explanation)),
    jobs: page.getByRole('row', { name: /Assign/ }),
    'jobs?view=systemEvents': page.getByRole('row', { name: /phone-watch/ }),
    trace: page.getByRole('row', { name: /phone-watch/ }),
    'trace/1': side(page).getByRole('button').nth(3),
    'plugins/installed': page.getByRole('row', { name: /keeper/ }),
    'plugins/installed/keeper': page.getByRole('table', { name: 'index.ts' }),
    'plugins/order?table=account&message=Update': page.getByText('keeper'),
  }
  for (const [place, shown] of Object.entries(looks)) {
    await follow(page, place)
    await check(place, shown)
  }
  await follow(page, 'jobs?view=systemEvents')
  await page
    .getByRole('row', { name: /phone-watch/ })
    .first()
    .click()
  await check('a system event', side(page))

  await follow(page, 'trace')
  await page
    .getByRole('row', { name: /phone-watch/ })
    .filter({ hasText: 'the phone goes' })
    .first()
    .click()
  await button(side(page), say(traceText.again.run)).click()
  await check('a run again', side(page).getByText(say(traceText.again.changesHeading)))

  await follow(page, 'jobs')
  await button(page, say(shellText.titleBar.faults)).click()
  const faults = side(page).filter({ hasText: say(faultsText.panel.explanation) })
  await check('the faults', faults)
  await faults.getByRole('slider').fill('1500')
  await faults.getByRole('checkbox').check()
  await button(faults, say(faultsText.user.disable)).click()
  await button(faults, say(faultsText.worker.kill)).click()
  await check('faults that are on', button(faults, say(faultsText.user.bringBack.disabled({ user: 'admin' }))))
  await page
    .getByRole('button', { name: say(jobText.move.resume.label) })
    .first()
    .click()
  await check('a refusal', page.getByRole('alert'))
})

test('plug-ins that are looked at, installed and removed speak the chosen language', async ({ page, dataFolder, check }) => {
  const good = join(dataFolder, 'audit')
  const bad = join(dataFolder, 'misfit')
  await writePlugin(good, { permissions: ['env', 'network'] })
  await writePlugin(bad, { name: 'misfit', stage: 'PostOperatio' })
  await speakPseudo(page)
  for (const folder of [bad, good]) {
    await follow(page, 'plugins/available')
    await givePath(page, folder, () => button(page, say(frameText.byPath)).click())
    if (folder === good) break
    await check('a plug-in that does not fit', dialog(page).getByRole('alert'))
    await page.keyboard.press('Escape')
  }
  await check('a plug-in before it is installed', dialog(page).getByText(say(pluginsText.asksFor)))
  await button(dialog(page), say(pluginsText.install.installDisabled)).click()
  await check('a plug-in that is disabled', page.getByText(say(pluginsText.facts.contentHash)))
  await button(page, say(pluginsText.action.enable)).click()
  await check('the agreement to a plug-in', button(dialog(page), say(pluginsText.agree.agree)))
  const question = await questionAfter(page, () => button(dialog(page), say(pluginsText.agree.agree)).click())
  await check('a question of the host', dialog(page).getByText(say(frameText.question.sentence)))
  await question.getByRole('checkbox').check()
  await question.getByRole('button', { name: 'Allow', exact: true }).click()
  await button(page, say(pluginsText.action.more)).click()
  await check('more of a plug-in', page.getByRole('menuitem'))
  await page.getByRole('menuitem', { name: say(pluginsText.action.remove) }).click()
  await check('the removal of a plug-in', button(dialog(page), say(pluginsText.remove.remove)))
})

test('the start, environments and imports speak the chosen language', async ({ page, dataFolder, check }) => {
  const solution = join(dataFolder, 'depot')
  await mkdir(join(solution, 'Other'), { recursive: true })
  await writeFile(join(solution, 'Other', 'customizations.xml'), SMALL_SOLUTION)
  await writeFile(join(dataFolder, 'account.csv'), 'name,address1_city\nHeron Instruments,Porto\nOsprey Trading,Gent\n')
  await writeFile(join(dataFolder, 'broken.zip'), 'not a zip')
  await speakPseudo(page)

  await dropOnWindow(page, [join(dataFolder, 'broken.zip')])
  await check('a file that cannot be read', page.getByRole('alert'))
  await page.reload()
  await dropOnWindow(page, [join(dataFolder, 'account.csv')])
  await check('a CSV file', page.getByRole('combobox', { name: say(transferText.csv.columnFor({ heading: 'name' })) }))
  await page.reload()
  await dropOnWindow(page, [solution])
  await check('what a solution holds', page.getByRole('checkbox'))
  await button(page, say(transferText.sources.import({ count: 1 }))).click()
  await check('the report of an import', page.getByText('lab_depot'))

  await page.getByRole('banner').getByRole('button').first().click()
  await check('the menu of the environment', page.getByRole('menuitem'))
  await page.getByRole('menuitem', { name: say(shellText.environment.close) }).click()
  await check('the start', page.getByText(say(startText.page.recent)))
  await button(page, say(startText.newEnvironment)).click()
  await check('a new environment', dialog(page))
  await page.keyboard.press('Escape')
  await button(page, say(startText.openEnvironment)).click()
  await check('the opening of an environment', dialog(page))
})
