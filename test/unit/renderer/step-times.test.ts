import { expect, test } from 'vitest'
import { slowestSentence } from '../../../renderer/features/jobs/step-times.ts'
import { timeOf } from '../../support/trace-example.ts'
import { words } from '../../support/words.ts'

test('one sentence says which step makes a cascade slow', () => {
  const slow = timeOf({ totalMicroseconds: 930_000, runs: 20 })
  const other = timeOf({ plugin: 'owner-audit', step: 2, totalMicroseconds: 70_000 })
  const sibling = timeOf({ step: 3, stage: 'PreOperation', totalMicroseconds: 70_000 })

  expect(slowestSentence(words, [other, slow])).toBe('slow-down takes 93 % of the step time: 47 ms a record.')
  expect(slowestSentence(words, [sibling, slow])).toBe('slow-down (Update, PostOperation) takes 93 % of the step time: 47 ms a record.')
  expect(slowestSentence(words, [slow])).toBe('slow-down is the only step that ran: 47 ms a record.')
  expect(slowestSentence(words, [])).toBe('')
  expect(slowestSentence(words, [timeOf({ totalMicroseconds: 0 }), { ...other, totalMicroseconds: 0 }])).toContain('0 % of the step time')
})
