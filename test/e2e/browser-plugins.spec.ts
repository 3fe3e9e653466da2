import { createWriteStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { PACKAGE_JSON, pluginText, writePlugin } from '../support/plugin-folder.ts'
import { expect, test } from './support/app.ts'
import { closeEnvironment, dropOnWindow, goTo } from './support/screens.ts'

/** Named for the browser host, whose drop can be driven. */

const dialogOf = (page: Parameters<typeof goTo>[0]) => page.getByRole('dialog', { name: 'Install audit' })

test('a plug-in’s folder that is dropped anywhere is shown, installed and kept', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'dropped', 'my-audit')
  await writePlugin(folder)

  await dropOnWindow(page, [folder])
  await dialogOf(page).getByRole('button', { name: 'Install and enable' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('audit')
  await rm(folder, { recursive: true })

  // Its copy in the user's folder is what it is read again from.
  await page.getByRole('button', { name: 'Check for changes' }).click()
  await expect(page.getByRole('dialog')).toContainText('This is what is installed: nothing has changed.')
  await expect(page.getByRole('dialog')).toContainText(join(dataFolder, 'plugins', 'audit'))
})

test('a module file is taken for a plug-in, and so is an archive of npm', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'dropped')
  await mkdir(folder)
  await writeFile(join(folder, 'audit.ts'), pluginText())
  await dropOnWindow(page, [join(folder, 'audit.ts')])
  await dialogOf(page).getByRole('button', { name: 'Install and enable' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('audit')

  const archive = pack()
  archive.entry({ name: 'package/package.json' }, PACKAGE_JSON)
  archive.entry({ name: 'package/index.ts' }, pluginText({ version: '2.0.0' }))
  archive.finalize()
  await pipeline(archive, createGzip(), createWriteStream(join(folder, 'a-plugin-2.0.0.tgz')))
  await dropOnWindow(page, [join(folder, 'a-plugin-2.0.0.tgz')])

  const update = page.getByRole('dialog', { name: 'Update audit' })
  await expect(update).toContainText('1.0.0 → 2.0.0')
  await expect(update.getByRole('checkbox', { name: 'Develop: reload on change' })).toBeDisabled()
  await update.getByRole('button', { name: 'Update and enable' }).click()
  await expect(page.getByText('Version 2.0.0, 1 step.')).toBeVisible()
})

test('dropped on the start page, it waits for an environment', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'dropped', 'audit')
  await writePlugin(folder)
  await closeEnvironment(page)

  await dropOnWindow(page, [folder])
  await page.getByRole('dialog', { name: 'New environment' }).getByRole('button', { name: 'Create environment' }).click()

  // A new environment has users and business units, and no accounts.
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('steps[0].table')
})

test('on the screen of plug-ins whatever is dropped is taken for one, and refused with the reason', async ({ page, dataFolder }) => {
  const file = join(dataFolder, 'solution.xml')
  await writeFile(file, '<ImportExportXml/>')
  await goTo(page, 'Plug-ins')

  await dropOnWindow(page, [file])

  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('is not a plug-in')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Plug-ins' })).toBeVisible()
})

test('a chosen folder is installed like a dropped one', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'chosen', 'audit')
  await writePlugin(folder)
  await goTo(page, 'Plug-ins')

  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Install from folder' }).click()
  await (await chooser).setFiles(folder)

  await expect(dialogOf(page)).toContainText('PreOperation of Update on Account')
})
