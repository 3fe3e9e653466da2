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

/** Folders whose errors, reasons and job messages can come up on a screen. The command line and scenarios speak English only. */
const SPEAKING = ['engine', 'batch', 'workbench', 'import', 'generate', 'session', 'ipc', 'plugins'].map((name) => `main/${name}`)

/** Folders whose messages have not moved to a catalogue yet. A folder leaves this list and never comes back. */
const ENGINE_TO_BE_MOVED = [
  'main/batch/',
  'main/import/',
  'main/ipc/',
  'main/workbench/',
]

const errorTexts = readFiles(SPEAKING, ['.ts']).flatMap(errorTextsInCode)

test('errors, reasons and job messages have keys', () => {
  const offenders = errorTexts
    .filter(({ path }) => !ENGINE_TO_BE_MOVED.some((place) => path.startsWith(place)))
    .map(({ path, line, text }) => `${path}:${line} says “${text}”: give it a key in main/text/english`)

  expect(offenders).toEqual([])
})

test('no folder of the engine waits to be moved that has been', () => {
  expect(ENGINE_TO_BE_MOVED.filter((place) => !errorTexts.some(({ path }) => path.startsWith(place)))).toEqual([])
})
