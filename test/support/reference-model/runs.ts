import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Parameters as RunParameters } from 'fast-check'
import { afterAll } from 'vitest'

/**
 * A fresh seed for each start of the tests; `PROPERTY_SEED` repeats one, `PROPERTY_RUNS` multiplies the runs. A property that
 * fails prints seed and path with its smallest example.
 */
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)
const FACTOR = Number(process.env.PROPERTY_RUNS ?? 1)

export function runs<T>(numRuns: number): RunParameters<T> {
  console.info(`seed ${SEED} (PROPERTY_SEED repeats it)`)
  return { seed: SEED, numRuns: Math.ceil(numRuns * FACTOR), endOnFailure: false }
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
