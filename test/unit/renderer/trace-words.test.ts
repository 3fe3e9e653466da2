import { expect, test } from 'vitest'
import { firstLineOf, isUndone, newerText, stepText, thrownAt } from '../../../renderer/frame/trace-words.ts'
import { runOf } from '../../support/trace-example.ts'
import { words } from '../../support/words.ts'

const { say } = words

test('the place of an error is the first line of the author’s own code', () => {
  const stack = 'TypeError: x is undefined\n    at check (src/rules.ts:12:9)\n    at handler (index.ts:40:5)'

  expect(thrownAt(stack)).toBe('src/rules.ts:12:9')
  expect(thrownAt('Error\n    at index.mjs:3')).toBe('index.mjs:3')
  expect(thrownAt('Error: no stack was kept')).toBeNull()
})

test('a run says its error first, else the first line of its trace', () => {
  expect(firstLineOf({ error: 'Closed\nmore', trace: 'before' })).toBe('Closed')
  expect(firstLineOf({ error: null, trace: 'one\ntwo' })).toBe('one')
  expect(firstLineOf({ error: null, trace: '' })).toBe('')
})

test('a step is named by message, table and stage, without a table where it has none', () => {
  expect(say(stepText({ message: 'Update', stage: 'PreOperation', table: 'account' }))).toBe('Update of account, PreOperation')
  expect(say(stepText({ message: 'cascadeAsync_SuccessAPI', stage: 'PostOperation', table: null }))).toBe(
    'cascadeAsync_SuccessAPI, PostOperation',
  )
})

test('only what ended well and was rolled back is undone', () => {
  expect(isUndone(runOf({ isCommitted: false }))).toBe(true)
  expect(isUndone(runOf())).toBe(false)
  expect(isUndone(runOf({ outcome: 'failed', isCommitted: false }))).toBe(false)
})

test('newer rows are counted in words, with a sign where counting stopped', () => {
  expect(say(newerText({ count: 1, isExact: true }, 'runs'))).toBe('1 newer run')
  expect(say(newerText({ count: 37, isExact: true }, 'runs'))).toBe('37 newer runs')
  expect(say(newerText({ count: 200, isExact: false }, 'runs'))).toBe('200+ newer runs')
})
