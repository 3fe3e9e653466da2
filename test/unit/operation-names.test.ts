import { expect, test } from 'vitest'
import { CASCADE_OPERATIONS } from '#engine/contract/cascades'
import { readFiles } from '../support/repository.ts'

/** Files whose branches on these words are about something else than a cascading operation. */
const ABOUT_SOMETHING_ELSE = [
  // Actions for which a relationship is configured.
  'main/engine/model/relationship-kinds.ts',
  'main/import/model/to-model.ts',
  'renderer/features/model/RelationshipList.tsx',
  'renderer/features/model/cascade-words.ts',
  // Rights to records.
  'main/engine/operations/explain-access.ts',
  'main/engine/store/record-access.ts',
  // Messages of the event pipeline.
  'main/engine/operations/update.ts',
  'main/engine/pipeline/record-event.ts',
  'main/engine/plugins/check-step.ts',
  'main/plugins/sandbox/inside/dispatcher.ts',
  'main/cli/stand-in-template.ts',
]

const NAME = `'(?:${CASCADE_OPERATIONS.join('|')})'`
const BRANCH = new RegExp(`(?:===|!==|\\bcase)\\s*${NAME}|${NAME}\\s*(?:===|!==)`)

const branching = readFiles(['main', 'preload', 'renderer'], ['.ts', '.tsx'])
  .filter(({ text }) => BRANCH.test(text))
  .map(({ path }) => path)

test('no file but an operation’s own branches on its name', () => {
  const offenders = branching
    .filter((path) => !path.startsWith('main/engine/operations/kinds/') && !ABOUT_SOMETHING_ELSE.includes(path))
    .map((path) => `${path} asks which operation it is: give OperationKind a member that answers, see docs/recipes/an-operation.md`)

  expect(offenders).toEqual([])
})

test('the list of files whose branches are about something else holds no other files', () => {
  expect(ABOUT_SOMETHING_ELSE.filter((path) => !branching.includes(path))).toEqual([])
})
