import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from './random.ts'
import type { Outcome, Target } from './target.ts'
import { targetNamed } from './targets.ts'

/**
 * Runs one target with the seeds from FIRST to LAST and reports each run to the parent: `fuzz-process.ts TARGET FIRST LAST`. A process of
 * its own, so that the parent can end a run that hangs.
 */
const [name = '', first = '', last = ''] = process.argv.slice(2)
const target = targetNamed(name)

process.on('uncaughtException', (error) => {
  // Reported as the outcome of the run that is under way; the parent starts another process for the next one.
  process.send?.({ stray: error.stack ?? String(error) }, () => process.exit(1))
})
process.on('unhandledRejection', (reason) => {
  throw reason
})

for (let seed = Number(first); seed <= Number(last); seed++) {
  process.send?.({ begins: seed })
  const outcome = await runOnce(target, seed)
  process.send?.({ seed, outcome, megabytes: process.resourceUsage().maxRSS / 1024 } satisfies Report)
}
process.disconnect()

/** What the process says of a run. */
export interface Report {
  seed: number
  outcome: Outcome
  /** The most memory that the process has had so far. */
  megabytes: number
}

async function runOnce({ makeInput, run }: Target, seed: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-fuzz-'))
  try {
    return await run(makeInput(new Random(seed)), { folder })
  } catch (error) {
    return { kind: 'failed', what: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
