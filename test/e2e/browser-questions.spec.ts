import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writePlugin } from '../support/plugin-folder.ts'
import { expect, test } from './support/app.ts'
import { allowPermissions, givePath, lookAtPlugin, questionAfter } from './support/screens.ts'

test('a script in the page can neither read nor answer what the host asks, and the person can', async ({
  page,
  dataFolder,
  complaints,
}) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder, { permissions: ['network'] })
  const dialog = await lookAtPlugin(page, folder)
  const question = await questionAfter(page, () => dialog.getByRole('button', { name: 'Install and enable' }).click())
  const url = question.url()

  const tried = await page.evaluate(async (address) => {
    const fetched = await fetch(address)
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
    const opened = window.open(address)
    const posted = await fetch(address, { method: 'POST', body: new URLSearchParams({ answer: 'yes', understood: 'on' }) })
    await new Promise((settle) => setTimeout(settle, 1_000))
    const read = (read: () => unknown) => {
      try {
        return String(read())
      } catch (error) {
        return (error as Error).name
      }
    }
    return {
      fetched: [fetched.status, (await fetched.text()).includes('key')],
      posted: posted.status,
      framed: read(() => frame.contentDocument?.querySelector('input')),
      opened: read(() => opened?.document.querySelector('input')),
    }
  }, url)

  expect(tried.fetched).toEqual([403, false])
  expect(tried.posted).toBe(403)
  for (const seen of [tried.framed, tried.opened]) expect(['null', 'undefined', 'SecurityError']).toContain(seen)
  await expect(dialog.getByRole('button', { name: 'Installing…' })).toBeVisible()
  // What the browser and the host refused was complained about.
  complaints.length = 0

  await question.reload()
  await question.getByRole('checkbox', { name: 'I trust this plug-in' }).check()
  await question.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')
})

test('a no leaves the plug-in out, and the question can be asked again', async ({ page, dataFolder }) => {
  const folder = join(dataFolder, 'audit')
  await writePlugin(folder, { permissions: ['fs:read'] })
  const dialog = await lookAtPlugin(page, folder)
  const agree = () => dialog.getByRole('button', { name: 'Install and enable' }).click()
  const question = await questionAfter(page, agree)
  await expect(question.getByText('read files on this computer')).toBeVisible()

  await question.getByRole('button', { name: 'Do not allow' }).click()
  await expect(dialog.getByRole('alert')).toContainText('You did not allow what the plug-in audit asks for')
  await allowPermissions(page, agree)

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Enabled')
})

test('an environment is made and opened at a path that the person gives to the host', async ({ page, dataFolder }) => {
  await mkdir(join(dataFolder, 'elsewhere'))
  const path = join(dataFolder, 'elsewhere', 'mine')
  await page.getByRole('banner').getByRole('button').first().click()
  await page.getByRole('menuitem', { name: 'New environment…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New environment' })
  await givePath(page, path, () => dialog.getByRole('button', { name: 'Choose place…' }).click())
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('mine.cascade')
  await dialog.getByRole('button', { name: 'Create environment' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'mine' })).toBeVisible()

  await page.getByRole('banner').getByRole('button').first().click()
  await page.getByRole('menuitem', { name: 'Open environment…' }).click()
  const opening = page.getByRole('dialog', { name: 'Open environment' })
  await givePath(page, join(dataFolder, 'environments', 'Sample.cascade'), () =>
    opening.getByRole('button', { name: 'By its path…' }).click(),
  )

  await expect(page.getByRole('heading', { level: 1, name: 'Sample' })).toBeVisible()
})
