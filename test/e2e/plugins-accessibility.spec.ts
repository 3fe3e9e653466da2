import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { writePlugin } from '../support/plugin-folder.ts'
import { seriousViolations } from './support/accessibility.ts'
import { expect, test } from './support/app.ts'
import { installPlugin, lookAtPlugin, showPlugins } from './support/screens.ts'

/** Each test goes through all screens of plug-ins: what they show has to be installed first. */
for (const theme of ['light', 'dark'] as const) {
  test(`the screens of plug-ins have no serious accessibility violation in the ${theme} theme`, async ({ page, dataFolder }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const folder = join(dataFolder, 'audit')
    await writePlugin(folder, { permissions: ['env', 'fs:read'] })
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      found[name] = await seriousViolations(page)
    }

    await showPlugins(page, 'Installed')
    await look('nothing installed')
    await lookAtPlugin(page, folder)
    await look('the question before the installation')
    await closeDialog(page)
    await installPlugin(page, folder)
    await expect(page.getByRole('table', { name: 'index.ts' })).toBeVisible()
    await look('a plug-in')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await look('what removing means')
    await closeDialog(page)
    await showPlugins(page, 'Installed')
    await look('the list')
    await showPlugins(page, 'Available')
    await look('what is available')
    await showPlugins(page, 'Order of execution')
    await expect(page.getByRole('list', { name: 'Order of execution' })).toBeVisible()
    await look('the order of execution')
    await writePlugin(folder, { stage: 'Sometime' })
    await lookAtPlugin(page, folder)
    await look('a plug-in that does not fit')

    expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
    expect(Object.keys(found)).toHaveLength(8)
  })
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
