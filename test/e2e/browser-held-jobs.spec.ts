import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { seriousViolations } from './support/accessibility.ts'
import { expect, test } from './support/app.ts'
import { startBrowserHostProcess } from './support/browser-host.ts'
import { startChromium } from './support/chromium.ts'
import { assignAsJob, goTo, openFaults, setNumber } from './support/screens.ts'

/** Starts a job of several batches in the sample, slowly. */
async function startSlowJob(page: Page): Promise<void> {
  await goTo(page, 'Settings')
  await setNumber(page, 'Batch size', 1)
  const faults = await openFaults(page)
  await faults.getByRole('slider', { name: 'Slow motion' }).fill('1500')
  await assignAsJob(page, 'Meridian Holding', 'Oskar Eklund')
  await expect(page.getByRole('contentinfo')).toContainText(/[1-4] of 8/)
}

test('jobs of a file that came from somebody else stand still until the user lets them continue', async ({ dataFolder }) => {
  const theirs = await mkdtemp(join(tmpdir(), 'cascade-e2e-theirs-'))
  const first = await startBrowserHostProcess(theirs)
  const browser = await startChromium()
  const page = await browser.newPage()
  await page.goto(first.url)
  await startSlowJob(page)
  await first.close()
  await page.close()
  const received = join(dataFolder, 'Received.cascade')
  await rename(join(theirs, 'environments', 'Sample.cascade'), received)

  const second = await startBrowserHostProcess(dataFolder, [received])
  const mine = await browser.newPage()
  await mine.goto(second.url)
  const note = mine.getByRole('region', { name: 'About this file' })
  await expect(note).toContainText('1 job came with this file from somebody else and is held.')
  expect(await seriousViolations(mine)).toEqual([])
  await note.getByRole('button', { name: 'Show the jobs' }).click()
  const job = mine.getByRole('grid', { name: 'System jobs' }).getByRole('row').nth(1)
  await expect(job).not.toContainText('Completed')

  await note.getByRole('button', { name: 'Let them continue' }).click()

  await expect(job).toContainText('Completed')
  await expect(note).toHaveCount(0)
  await browser.close()
  await second.close()
  await rm(theirs, { recursive: true, force: true })
})
