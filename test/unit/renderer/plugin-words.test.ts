import { expect, test } from 'vitest'
import { byStep, stepsSentence } from '../../../renderer/features/cascades/plan-words.ts'
import { stepFacts, stepTitle } from '../../../renderer/features/plugins/plugin-words.ts'
import { stepOf } from '../../support/plugins.ts'
import { words } from '../../support/words.ts'

const { say } = words

const nameOf = (table: string) => (table === 'account' ? 'Account' : table)

test.each([
  [stepOf(), 'PostOperation of Update on Account'],
  [stepOf({ mode: 'Async' }), 'PostOperation (asynchronous) of Update on Account'],
  [stepOf({ table: null, stage: 'PreOperation', message: 'Delete' }), 'PreOperation of Delete on every table'],
  [stepOf({ table: null, mode: 'Async', message: 'cascadeAsync_FailureAPI' }), 'PostOperation (asynchronous) of cascadeAsync_FailureAPI'],
])('a step is named by when it runs', (step, title) => {
  expect(say(stepTitle(step, nameOf))).toBe(title)
})

test('what a step is registered with is said in full, and what is usual is left out', () => {
  expect(stepFacts(stepOf()).map(say)).toEqual(['rank 1'])
  expect(
    stepFacts(
      stepOf({
        rank: 100,
        filteringAttributes: ['ownerid', 'statecode'],
        preImage: true,
        postImage: ['name'],
        runAs: { id: 'a', name: 'alice' },
      }),
    ).map(say),
  ).toEqual(['rank 100', 'when ownerid, statecode are in the request', 'pre-image: all columns', 'post-image: name', 'runs as alice'])
})

test('a preview counts each record once, however many steps it meets', () => {
  const [first, second] = [stepOf({ number: 1 }), stepOf({ number: 2, table: null })]

  expect(
    say(
      stepsSentence([
        { step: first, table: 'account', records: 12 },
        { step: second, table: 'account', records: 12 },
        { step: second, table: 'contact', records: 5_400 },
      ]),
    ),
  ).toBe('2 steps fire on up to 5,412 records')
  expect(say(stepsSentence([{ step: first, table: 'account', records: 1 }]))).toBe('1 step fires on up to 1 record')
})

test('a step on many tables is one line of a preview, with the records of all of them', () => {
  const everywhere = stepOf({ number: 2, table: null })

  expect(
    byStep([
      { step: everywhere, table: 'account', records: 1 },
      { step: stepOf(), table: 'account', records: 1 },
      { step: everywhere, table: 'contact', records: 40 },
    ]),
  ).toEqual([
    { step: everywhere, tables: ['account', 'contact'], records: 41 },
    { step: stepOf(), tables: ['account'], records: 1 },
  ])
})
