import { join } from 'node:path'
import { writePlugin } from '../support/plugin-folder.ts'
import { expect, test } from './support/app.ts'
import { allowPermissions, choose, chooseOption, goTo, installPlugin, lookAtPlugin, openRecord, showPlugins } from './support/screens.ts'

test('without plug-ins the screen leads to the examples, and an example says what it asks for before it is installed', async ({ page }) => {
  await goTo(page, 'Plug-ins')
  await page.getByRole('button', { name: 'See the examples' }).click()
  await page.getByRole('button', { name: 'Install explain-changes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Install explain-changes' })

  await expect(dialog.getByRole('region', { name: 'Permissions' })).toContainText('nothing beyond records')
  await expect(
    dialog
      .getByRole('list', { name: /^Steps/ })
      .getByRole('listitem')
      .first(),
  ).toContainText('on every table')
  await expect(dialog.getByRole('row', { name: /index\.ts/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Install and enable' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')
  await page.getByRole('button', { name: 'index.ts' }).click()
  await expect(page.getByRole('table', { name: 'index.ts' })).toContainText('explain-changes')
})

test('what is installed disabled is enabled once it was agreed to, and can be disabled and removed', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder)
  const dialog = await lookAtPlugin(page, folder)
  await dialog.getByRole('button', { name: 'Install disabled' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Disabled')

  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  const agreement = page.getByRole('dialog', { name: 'Enable audit' })
  await expect(agreement).toContainText('PreOperation of Update on Account')
  await agreement.getByRole('button', { name: 'Agree and enable' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')

  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Disabled')
  // The same files as before: nobody is asked again.
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await expect(page.getByRole('dialog')).toContainText('Its step does not run any more')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove plug-in' }).click()
  await expect(page.getByText('No plug-ins yet')).toBeVisible()
})

test('a plug-in that does not fit says where and what would be right; once fixed it is installed from the same dialog', async ({
  page,
  dataFolder,
}) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder, { stage: 'PostOperatio' })
  const dialog = await lookAtPlugin(page, folder)

  await expect(dialog.getByRole('alert')).toContainText('index.ts, line 6')
  await expect(dialog.getByRole('alert')).toContainText('steps[0].stage')
  await expect(dialog.getByRole('alert')).toContainText('PreValidation, PreOperation')
  await writePlugin(folder, { stage: 'PostOperation' })
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await dialog.getByRole('button', { name: 'Install and enable' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('audit')
})

test('an update says what changes, and asks again for more permissions', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder)
  await installPlugin(page, folder)

  await page.getByRole('button', { name: 'Check for changes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Update audit' })
  await expect(dialog.getByText('This is what is installed: nothing has changed.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Update and enable' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await writePlugin(folder, { version: '1.1.0', permissions: ['env'], stage: 'PostOperation' })
  await page.getByRole('button', { name: 'Check for changes' }).click()
  const changes = dialog.getByRole('region', { name: 'What changes' })
  await expect(changes).toContainText('1 file changed.')
  await expect(changes).toContainText('asks for more Read environment variables')
  await expect(changes).toContainText('new step PostOperation of Update on Account')
  await expect(changes).toContainText('step gone PreOperation of Update on Account')
  await expect(dialog.getByText('1.0.0 → 1.1.0')).toBeVisible()
  await allowPermissions(page, () => dialog.getByRole('button', { name: 'Update and enable' }).click())

  await expect(page.getByText('Version 1.1.0, 1 step.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Permissions' })).toContainText('Read environment variables')
})

test('a plug-in under development is reloaded on change; what does not fit is said and the version before goes on', async ({
  page,
  dataFolder,
}) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder)
  const dialog = await lookAtPlugin(page, folder)
  await dialog.getByRole('checkbox', { name: 'Develop: reload on change' }).check()
  await dialog.getByRole('button', { name: 'Install and enable' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('develop')

  await writePlugin(folder, { version: '1.0.1' })
  await expect(page.getByText('audit was reloaded from its folder')).toBeVisible()
  await expect(page.getByText('Version 1.0.1, 1 step.')).toBeVisible()

  await writePlugin(folder, { version: '1.0.2', stage: 'Sometime' })
  const notice = page.getByRole('region', { name: 'Notifications' }).getByRole('alert')
  await expect(notice).toContainText('index.ts, line 6')
  await expect(page.getByText('Version 1.0.1, 1 step.')).toBeVisible()

  await writePlugin(folder, { version: '1.0.3' })
  await expect(page.getByText('Version 1.0.3, 1 step.')).toBeVisible()
})

test('the order of execution of a table lists every step by stage and rank, disabled ones in their place', async ({ page, dataFolder }) => {
  for (const name of ['first', 'second']) {
    await writePlugin(join(dataFolder, name), { name })
    await installPlugin(page, join(dataFolder, name))
  }
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Disabled')

  await goTo(page, 'Model')
  await page.getByRole('gridcell', { name: 'account', exact: true }).click()
  await page.getByRole('button', { name: 'Order of execution' }).click()

  await expect(page.getByText('1 of 2 steps on Update of Account runs; 1 is disabled or waiting.')).toBeVisible()
  const steps = page.getByRole('list', { name: 'Steps in PreOperation' }).getByRole('listitem')
  await expect(steps).toHaveText([/first 1\.0\.0/, /second 1\.0\.0 Disabled/])
  await chooseOption(page, page.getByRole('combobox', { name: 'Message' }), 'Delete')
  await expect(page.getByText('No step takes part in Delete of Account.')).toBeVisible()
})

test('the preview of a cascade says which steps it will meet', async ({ page, dataFolder }) => {
  await writePlugin(join(dataFolder, 'audit'))
  await installPlugin(page, join(dataFolder, 'audit'))
  const panel = await openRecord(page, 'Account', 'Kestrel Group')
  await panel.getByRole('button', { name: 'Assign' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign Kestrel Group' })
  await choose(page, dialog.getByRole('combobox', { name: 'Assign to' }), 'admin')

  const steps = dialog.getByRole('region', { name: 'Plug-in steps' })
  await expect(steps).toContainText(/1 step fires on up to \d+ records?/)
  await steps.getByRole('button', { name: 'audit' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('audit')
})

test('everything is reached by the keyboard', async ({ page, dataFolder }) => {
  await writePlugin(join(dataFolder, 'audit'))
  await installPlugin(page, join(dataFolder, 'audit'))
  await showPlugins(page, 'Installed')

  await page.getByRole('grid', { name: 'Plug-ins' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('audit')
  await page.getByRole('button', { name: 'More' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Remove audit' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('settings of plug-ins are kept in the environment', async ({ page }) => {
  await goTo(page, 'Settings')
  await chooseOption(page, page.getByRole('combobox', { name: 'Plug-in trace log' }), 'Exception')
  await expect(page.getByRole('combobox', { name: 'Plug-in trace log' })).toContainText('Exception')
  await page.getByRole('switch', { name: 'A change of owner raises Assign and Update' }).click()

  await page.reload()
  await goTo(page, 'Settings')

  await expect(page.getByRole('combobox', { name: 'Plug-in trace log' })).toContainText('Exception')
  await expect(page.getByRole('switch', { name: 'A change of owner raises Assign and Update' })).not.toBeChecked()
})
