import { expect, test } from './support/app.ts'
import { startBrowserHostProcess } from './support/browser-host.ts'
import { startChromium } from './support/chromium.ts'

test('the link is of no use in another browser, and says what to do', async ({ dataFolder }) => {
  const host = await startBrowserHostProcess(dataFolder)
  const browser = await startChromium()
  const first = await (await browser.newContext()).newPage()
  const second = await (await browser.newContext()).newPage()

  await first.goto(host.url)
  await first.waitForURL((url) => url.search === '')
  await second.goto(host.url)

  await expect(second.locator('body')).toContainText('This link was used already')
  await browser.close()
  await host.close()
})

test('the link works when it is clicked on a page of another site', async ({ dataFolder }) => {
  const host = await startBrowserHostProcess(dataFolder)
  const browser = await startChromium()
  const page = await browser.newPage()
  await page.route('http://elsewhere.test/', (route) => route.fulfill({ contentType: 'text/html', body: `<a href="${host.url}">Open</a>` }))
  await page.goto('http://elsewhere.test/')

  await page.getByText('Open').click()

  await expect(page.locator('#root > *').first()).toBeVisible()
  await browser.close()
  await host.close()
})
