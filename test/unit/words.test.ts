import { expect, test } from 'vitest'
import { readFiles } from '../support/repository.ts'
import { errorTextsInCode, textsInCode } from '../support/texts-in-code.ts'

/** What only developers read: a mistake in the wiring. */
const WIRING = /^use\w+ needs a \w+ above it$|^index\.html has no #root$/

const isCatalogue = (path: string): boolean => /(^|[/-])texts\.ts$/.test(path)

test('screens take their texts from a catalogue', () => {
  const offenders = readFiles(['renderer'], ['.ts', '.tsx'])
    .filter(({ path }) => !isCatalogue(path))
    .flatMap(textsInCode)
    .filter(({ text }) => !WIRING.test(text))
    .map(({ path, line, text }) => `${path}:${line} says “${text}”: move it to the texts.ts of its folder and say() it`)

  expect(offenders).toEqual([])
})

/** The product's name is the same in every language. */
const PRODUCT = 'Cascade Workbench'

/** Folders whose errors, reasons and job messages can come up on a screen. The command line and scenarios speak English only. */
const SPEAKING = ['engine', 'commerce', 'batch', 'workbench', 'import', 'generate', 'session', 'ipc', 'plugins', 'browser', 'shell'].map(
  (name) => `main/${name}`,
)

test('errors, reasons and job messages have keys', () => {
  const offenders = readFiles(SPEAKING, ['.ts'])
    .flatMap(errorTextsInCode)
    .filter(({ text }) => text !== PRODUCT)
    .map(({ path, line, text }) => `${path}:${line} says “${text}”: give it a key in main/text/english`)

  expect(offenders).toEqual([])
})
