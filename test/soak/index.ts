import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Soak } from './soak.ts'

/**
 * `npm run soak -- --minutes 30 [--seed 7]`: users write while jobs run, workers are killed, users disabled, records deleted
 * under way; what must hold is looked at all the time. Ends with a summary, and with exit 1 where anything did not hold.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
})
const folder = mkdtempSync(join(tmpdir(), 'cascade-soak-'))
const seed = Number(values.seed)
console.log(`Soak of ${values.minutes} minutes, seed ${seed}`)

const soak = new Soak(join(folder, 'soak.cascade'), seed)
try {
  await soak.prepare()
  const untilMs = Date.now() + Number(values.minutes) * 60_000
  for (let nextReportMs = Date.now() + 60_000; Date.now() < untilMs; ) {
    await soak.round()
    if (Date.now() < nextReportMs) continue
    nextReportMs += 60_000
    console.log(JSON.stringify(soak.counts()))
  }
} finally {
  await soak.close()
}
rmSync(folder, { recursive: true, force: true })

console.log(JSON.stringify({ seed, minutes: Number(values.minutes), ...soak.counts(), violations: soak.violations }, null, 2))
process.exitCode = soak.violations.length > 0 ? 1 : 0
