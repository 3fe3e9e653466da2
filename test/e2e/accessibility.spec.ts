import type { Page } from 'playwright/test'
import { seriousViolations } from './support/accessibility.ts'
import { expect, shareApp } from './support/app.ts'
import { choose, goTo, openFaults, openRecord } from './support/screens.ts'

/** Looking changes nothing, so that one app will do. */
const test = shareApp()

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  Overview: (page) => expect(page.getByRole('heading', { level: 1, name: 'Sample' })).toBeVisible(),
  'the list of tables': (page) => goTo(page, 'Model'),
  'a relationship': async (page) => {
    await goTo(page, 'Model')
    await page.getByRole('gridcell', { name: 'account', exact: true }).click()
    await page.getByRole('row', { name: /contact_customer_accounts/ }).click()
    await expect(page.getByRole('complementary')).toBeVisible()
  },
  'a record': async (page) => void (await openRecord(page, 'Account', 'Meridian Holding')),
  'the form of a record': async (page) => {
    const panel = await openRecord(page, 'Account', 'Meridian Holding')
    await panel.getByRole('button', { name: 'Edit' }).click()
  },
  'a blocked delete': async (page) => {
    const panel = await openRecord(page, 'Account', 'Harbour Mill Textiles')
    await panel.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  },
  'a merge': async (page) => {
    const panel = await openRecord(page, 'Account', 'Kestrel Instruments')
    await panel.getByRole('button', { name: 'Merge' }).click()
    await choose(page, page.getByRole('dialog').getByRole('combobox', { name: 'Second record' }), 'Kestrel Instruments A/S')
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  },
  'the system jobs': (page) => goTo(page, 'System jobs'),
  'the import': async (page) => page.getByRole('button', { name: 'Import a solution' }).first().click(),
  'the faults': async (page) => {
    await openFaults(page)
    await page.getByRole('checkbox', { name: 'Make a batch fail' }).check()
    await expect(page.getByRole('button', { name: 'Switch all faults off' })).toBeVisible()
  },
  Settings: (page) => goTo(page, 'Settings'),
}

for (const theme of ['light', 'dark'] as const) {
  for (const [name, show] of Object.entries(SCREENS)) {
    test(`${name} has no serious accessibility violation in the ${theme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await show(page)

      expect(await seriousViolations(page)).toEqual([])
    })
  }
}
