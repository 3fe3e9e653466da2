import { expect, test } from 'vitest'
import { words } from '../../support/words.ts'

test('durations keep the digits that matter', () => {
  expect([0, 420, 4_240, 41_300, 1_234_000, 125_000_000].map(words.microseconds)).toEqual([
    '0 µs',
    '420 µs',
    '4.2 ms',
    '41 ms',
    '1.2 s',
    '2 min 5 s',
  ])
})

test('time that is left counts down to zero and no further', () => {
  expect([25_000, 24_001, 125_000, 0, -5_000].map(words.remaining)).toEqual(['25 s', '25 s', '2 min 5 s', '0 s', '0 s'])
})

test('small shares are not rounded away', () => {
  expect([0, 0.004, 0.015, 1].map(words.share)).toEqual(['0 %', 'under 1 %', '2 %', '100 %'])
})

test('the clock says the day only where it is another one', () => {
  const noon = new Date(2026, 10, 22, 12, 0, 0, 5).getTime()

  expect(words.clock(noon, noon)).toMatch(/^12:00:00.005$/)
  expect(words.clock(noon, noon + 86_400_000)).toMatch(/22.*12:00:00.005$/)
})
