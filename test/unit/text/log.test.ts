import { afterEach, expect, test, vi } from 'vitest'
import { logError, logLine } from '#text/log'
import { readFiles } from '../../support/repository.ts'

afterEach(() => vi.restoreAllMocks())

test('what a terminal would obey is shown, in lines and in errors with their causes', () => {
  const lines: string[] = []
  const keep = (line: string) => void lines.push(line)
  vi.spyOn(console, 'log').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation(keep)

  logLine('a\u001b[2Jb')
  logError(new Error('outer', { cause: new Error('inner \u202e') }))
  logError('no error \u0007')

  expect(lines[0]).toBe('a\\x1b[2Jb')
  expect(lines[1]).toMatch(/^Error: outer\n[\s\S]*\ncaused by Error: inner \\u202e/)
  expect(lines[2]).toBe('no error \\x07')
})

test('the hosts print through the log, the command line through its terminal', () => {
  const offenders = readFiles(['main', 'preload', 'renderer'], ['.ts', '.tsx'])
    .filter(
      ({ path, text }) => path !== 'main/text/log.ts' && !path.startsWith('main/testing/') && /\bconsole\.(log|error|warn)\(/.test(text),
    )
    .map(({ path }) => path)

  expect(offenders).toEqual([])
})
