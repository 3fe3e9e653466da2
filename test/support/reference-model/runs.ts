import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, expect } from 'vitest'

/**
 * A fresh seed for each start of the tests; `PROPERTY_SEED` repeats one, `PROPERTY_RUNS` multiplies the runs. A property that
 * fails prints seed and path with its smallest example.
 */
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)
const FACTOR = Number(process.env.PROPERTY_RUNS ?? 1)

/** Rounds of a property, each with a seed of its own, until it has met everything that it must meet. */
const ROUNDS = 6

interface Often {
  runs: number
  tally: Tally
  /** What the property must have met, and how often at least. */
  least: Record<string, number>
}

/**
 * Checks a property and that its runs met everything that they are there for. Chance decides what one round meets, so a round in which
 * something came too seldom is followed by another.
 */
export async function assertOften<T>(property: fc.IProperty<T> | fc.IAsyncProperty<T>, { runs, tally, least }: Often): Promise<void> {
  const numRuns = Math.ceil(runs * FACTOR)
  for (let round = 0; round < ROUNDS; round++) {
    console.info(`seed ${SEED + round} (PROPERTY_SEED repeats it)`)
    await fc.assert(property as fc.IAsyncProperty<T>, { seed: SEED + round, numRuns, endOnFailure: false })
    if (tally.missing(least).length === 0) return
    // Lets the watchdog see that the process is alive.
    await setImmediate()
  }
  expect(tally.missing(least)).toEqual([])
}

/** Paths of environments that are gone after the tests of a file. */
export function freshPaths(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-property-'))
  let count = 0
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return () => join(folder, `${++count}.cascade`)
}

/** What happened in all runs of a property, to prove at the end that it did something. */
export class Tally {
  readonly counts: Record<string, number> = {}

  add(what: string, happened = true): void {
    this.counts[what] = (this.counts[what] ?? 0) + (happened ? 1 : 0)
  }

  /** What came less often than it must; nothing where all is well. */
  missing(least: Record<string, number>): string[] {
    return Object.entries(least).flatMap(([what, count]) =>
      (this.counts[what] ?? 0) >= count ? [] : [`${what}: ${this.counts[what] ?? 0} of at least ${count}`],
    )
  }
}
