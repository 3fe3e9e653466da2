import { expect, test } from 'vitest'
import { readFiles } from '../support/repository.ts'

/** Words that a reader of the code must guess at, with the term of the field. */
const RIDDLES: [pattern: RegExp, instead: string][] = [
  [/\bbelt\b/i, 'job worker'],
  [/\bstrays?\b/i, 'unplanned children'],
  [/EventSeed|seedOf/, 'request context'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bwhoever\b/i, 'the caller, the user, the loop: name it'],
  [/\blook(s|ed|ing)? on\b/i, 'watch, watcher'],
  [/\bst(and|ands|ood|anding) still\b/i, 'is stopped'],
]

/** Random names and the catalogue's texts. */
const LEFT_OUT = ['main/generate/', 'main/sample/', 'main/text/']

test('comments and names use the terms of the field', () => {
  const riddles = readFiles(['main', 'preload', 'renderer'], ['.ts', '.tsx', '.css'])
    .filter(({ path }) => !LEFT_OUT.some((folder) => path.startsWith(folder)))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const found = RIDDLES.find(([pattern]) => pattern.test(commentOrCode(line)))
        return found ? [`${path}:${index + 1} says ${line.trim()}. Say: ${found[1]}`] : []
      }),
    )

  expect(riddles).toEqual([])
})

/** Returns a line without the texts in quotes and in JSX, which are the catalogue's. */
const commentOrCode = (line: string): string =>
  /^\s*(\/\*|\*|\/\/)/.test(line) ? line : line.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|>[^<{]*</g, '')
