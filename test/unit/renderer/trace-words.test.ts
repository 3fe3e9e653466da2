import { expect, test } from 'vitest'
import {
  firstLineOf,
  formatClock,
  formatMicroseconds,
  formatShare,
  isUndone,
  newerText,
  slowestSentence,
  stepText,
  thrownAt,
} from '../../../renderer/frame/trace-words.ts'
import { runOf, timeOf } from '../../support/trace-example.ts'

test('durations keep the digits that matter', () => {
  expect([0, 420, 4_240, 41_300, 1_234_000, 125_000_000].map(formatMicroseconds)).toEqual([
    '0 µs',
    '420 µs',
    '4.2 ms',
    '41 ms',
    '1.2 s',
    '2 min 5 s',
  ])
})

test('one sentence says which step makes a cascade slow', () => {
  const slow = timeOf({ totalMicroseconds: 930_000, runs: 20 })
  const other = timeOf({ plugin: 'owner-audit', step: 2, totalMicroseconds: 70_000 })
  const sibling = timeOf({ step: 3, stage: 'PreOperation', totalMicroseconds: 70_000 })

  expect(slowestSentence([other, slow])).toBe('slow-down takes 93 % of the step time: 47 ms a record.')
  expect(slowestSentence([sibling, slow])).toBe('slow-down (Update, PostOperation) takes 93 % of the step time: 47 ms a record.')
  expect(slowestSentence([slow])).toBe('slow-down is the only step that ran: 47 ms a record.')
  expect(slowestSentence([])).toBe('')
  expect(slowestSentence([timeOf({ totalMicroseconds: 0 }), { ...other, totalMicroseconds: 0 }])).toContain('0 % of the step time')
})

test('small shares are not rounded away', () => {
  expect([0, 0.004, 0.015, 1].map(formatShare)).toEqual(['0 %', 'under 1 %', '2 %', '100 %'])
})

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
  expect(stepText({ message: 'Update', stage: 'PreOperation', table: 'account' })).toBe('Update of account, PreOperation')
  expect(stepText({ message: 'cascadeAsync_SuccessAPI', stage: 'PostOperation', table: null })).toBe(
    'cascadeAsync_SuccessAPI, PostOperation',
  )
})

test('only what ended well and was rolled back is undone', () => {
  expect(isUndone(runOf({ isCommitted: false }))).toBe(true)
  expect(isUndone(runOf())).toBe(false)
  expect(isUndone(runOf({ outcome: 'failed', isCommitted: false }))).toBe(false)
})

test('newer rows are counted in words, with a sign where counting stopped', () => {
  expect(newerText({ count: 1, isExact: true }, 'run')).toBe('1 newer run')
  expect(newerText({ count: 37, isExact: true }, 'run')).toBe('37 newer runs')
  expect(newerText({ count: 200, isExact: false }, 'run')).toBe('200+ newer runs')
})

test('the clock says the day only where it is another one', () => {
  const noon = new Date(2026, 10, 22, 12, 0, 0, 5).getTime()

  expect(formatClock(noon, noon)).toMatch(/^12:00:00.005$/)
  expect(formatClock(noon, noon + 86_400_000)).toMatch(/22.*12:00:00.005$/)
})
