import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import { TARGETS } from './targets.ts'

/** Few enough for every test run; `npm run fuzz` gives thousands. */
const RUNS = 60

/** A machine may be busy: only what never ends is meant. */
const HANG_MS = 120_000

for (const target of TARGETS)
  test(`inputs of chance break no promise: ${target.name}`, async () => {
    const report = await fuzz(target, { runs: RUNS, seed: 1, hangMs: HANG_MS, mostMegabytes: 600 })

    expect(report.findings).toEqual([])
  })
