import { expect, test } from 'vitest'
import { terminalJson, terminalLine, terminalText } from '#text/terminal-text'
import { facts, table } from '../../../main/cli/output.ts'
import { readFiles } from '../../support/repository.ts'

const HOSTILE = 'a\u001b[2Jb\u202ec\u009b d\r\u200be\u2066f\u{e0041}g\ud800'

test('what a terminal would obey or hide is shown', () => {
  expect(terminalText(HOSTILE)).toBe('a\\x1b[2Jb\\u202ec\\x9b d\\x0d\\u200be\\u2066f\\u{e0041}g\\ud800')
})

test('lines, tabs, letters of all scripts and joined pictures stay as they are', () => {
  const text = 'Übung\tנסיון 測試 👩‍👩‍👧 می‌خواهم\nnext'

  expect(terminalText(text)).toBe(text)
  expect(terminalLine('a\nb\tc')).toBe('a\\nb\\tc')
})

test('a JSON document means the same, and holds none of them', () => {
  const document = JSON.stringify({ [HOSTILE]: HOSTILE }, null, 2)

  const printed = terminalJson(document)

  expect(JSON.parse(printed)).toEqual({ [HOSTILE]: HOSTILE })
  expect(printed).toMatch(/^[\n\x20-\x7e]*$/)
})

test('no value passes for a line of ours', () => {
  expect(table(['name'], [['a\nstatus  Completed']]).split('\n')).toHaveLength(3)
  expect(facts([['name', 'a\nstatus  Completed']])).toBe('name  a\n      status  Completed')
})

/** Node's own question on a terminal, and the bar that redraws its line; both print texts that were made safe. */
const STREAMS = ['main/cli/terminal.ts', 'main/cli/ask.ts', 'main/cli/progress.ts', 'main/cli/closed-pipes.ts']

test('everything that the command line prints goes through one place', () => {
  const offenders = readFiles(['main/cli', 'main/scenario', 'main/testing'], ['.ts'])
    .filter(({ path }) => !STREAMS.includes(path))
    .filter(({ text }) => /\bprocess\.std(out|err)\b|\bconsole\.\w+\(/.test(text))
    .map(({ path }) => `${path} prints by itself: use main/cli/terminal.ts`)

  expect(offenders).toEqual([])
})
