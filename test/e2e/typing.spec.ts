import type { Page } from 'playwright/test'
import { expect, test } from './support/app.ts'
import { goTo } from './support/screens.ts'

/** No frame is drawn until the returned function is called, as on a machine that is busy with something else. */
async function holdFrames(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const held: FrameRequestCallback[] = []
    const real = window.requestAnimationFrame.bind(window)
    window.requestAnimationFrame = (callback) => held.push(callback)
    Object.assign(window, {
      releaseFrames() {
        window.requestAnimationFrame = real
        for (const callback of held) real(callback)
      },
    })
  })
  return () => page.evaluate(() => (window as unknown as { releaseFrames(): void }).releaseFrames())
}

test('letters typed before the list of a choice has the focus are searched for', async ({ page }) => {
  await goTo(page, 'Records')
  const control = page.getByRole('main').getByRole('combobox', { name: 'Table' })
  await expect(control).toBeVisible()
  const box = await control.boundingBox()

  const release = await holdFrames(page)
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10)
  await page.keyboard.type('Contact')
  await release()

  await expect(page.getByRole('combobox', { name: 'Search: Table' })).toHaveValue('Contact')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'Records of Contact' })).toBeVisible()
})

test('letters typed at a choice that is closed open its list and are searched for', async ({ page }) => {
  await goTo(page, 'Records')
  await page.getByRole('main').getByRole('combobox', { name: 'Table' }).focus()

  await page.keyboard.type('Task')

  await expect(page.getByRole('combobox', { name: 'Search: Table' })).toHaveValue('Task')
  await page.getByRole('option', { name: 'Task' }).first().click()
  await expect(page.getByRole('grid', { name: 'Records of Task' })).toBeVisible()
})

test('letters typed before the search everywhere has the focus are searched for', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  const release = await holdFrames(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('meridian hold')
  await release()

  await page.getByRole('option', { name: /Meridian Holding/ }).click()
  await expect(page.getByRole('complementary', { name: 'Record Meridian Holding' })).toBeVisible()
})
