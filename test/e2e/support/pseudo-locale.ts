import type { Page } from 'playwright/test'
import { CATALOGUES } from '../../../renderer/shell/catalogues.ts'
import { createWords } from '../../../renderer/text/words.ts'
import { expect } from './app.ts'
import { dataIn, isKnown, isSequence, REPLACED, withoutPunctuation } from './known-texts.ts'

/** Says messages in the pseudo-locale, for the names of what a spec looks for. */
export const { say } = createWords('pseudo', CATALOGUES, ['en-US'])

/** Loads the page again in the pseudo-locale, at the place where it was. */
export async function speakPseudo(page: Page): Promise<void> {
  await page.evaluate(() => window.localStorage.setItem('cascade.language', JSON.stringify('pseudo')))
  await page.reload()
  await expect(page.getByRole('banner')).toBeVisible()
}

/**
 * Returns the texts of a page in the pseudo-locale that come from no catalogue. What the environments of the folder hold is data, and
 * what the catalogue of the platform holds is the platform's: neither is translated.
 */
export async function plainTexts(page: Page, dataFolder: string): Promise<string[]> {
  const shown = await page.evaluate(textsOfPage)
  const data = dataIn(dataFolder)
  const found = shown.flatMap((text) =>
    plainRuns(text)
      .filter((run) => !isKnown(run, data) && !(run !== text && isSequence(run.split(' '), data)))
      .map((run) => (run === text ? run : `${run} (in: ${text})`)),
  )
  return [...new Set(found)]
}

/** Runs in the page: every text that somebody sees or hears. */
function textsOfPage(): string[] {
  /** Keys, codes and programs are the same in every language; the browser formats times. */
  const MACHINE = 'script, style, kbd, pre, code, time, [translate=no]'
  const SPOKEN = ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'placeholder', 'alt']
  const texts: string[] = []
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(MACHINE) !== null || !element.checkVisibility()) continue
    for (const name of SPOKEN) texts.push(element.getAttribute(name) ?? '')
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '')
  }
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
}

const PSEUDO = /[⟦⟧·]|\S*[àçđéîłñöřšťûýž]\S*/giu

/** Returns the parts of a text that the pseudo-locale did not write: the whole text, or what stands in it for a parameter. */
const plainRuns = (text: string): string[] =>
  text
    .split(PSEUDO)
    .map(withoutPunctuation)
    .filter((run) => REPLACED.test(run))
