import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '#engine/contract/settings'
import type { RetryPolicy } from '#engine/jobs/retry-policy'
import { ENVIRONMENT_POLICY, recordPolicy, THREAD_POLICY, tryOf, waitAfter } from '#engine/jobs/retry-policy'

/** The waits after each failure, until the last try has failed. */
function waitsOf(policy: RetryPolicy): number[] {
  const waits: number[] = []
  for (let failures = 1; ; failures++) {
    const waitMs = waitAfter(policy, failures)
    if (waitMs === undefined) return waits
    waits.push(waitMs)
  }
}

test('waits double with each failure until the last try', () => {
  expect(waitsOf(recordPolicy(DEFAULT_SETTINGS))).toEqual([30_000, 60_000, 120_000])
  expect(waitsOf(THREAD_POLICY)).toEqual([0, 0])
  expect(waitsOf(ENVIRONMENT_POLICY)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000])
  expect(waitsOf({ tries: 1, firstWaitMs: 30_000 })).toEqual([])
})

test('waits stay a valid number of milliseconds, however many tries there are', () => {
  const longest = waitsOf(recordPolicy({ ...DEFAULT_SETTINGS, maxAttempts: 1_000 })).at(-1)

  expect(longest).toBe(30_000 * 2 ** 30)
})

test('each record counts its own tries', () => {
  expect(tryOf({ failing_item: 7, attempts: 2 }, 7)).toBe(3)
  expect(tryOf({ failing_item: 7, attempts: 2 }, 8)).toBe(1)
  expect(tryOf({ failing_item: null, attempts: 0 }, 8)).toBe(1)
})
