import { Command } from 'commander'
import { fuzz } from './fuzz.ts'
import { TARGETS, targetNamed } from './targets.ts'

/** `npm run fuzz`: gives the product inputs of chance and prints what broke a promise. A finding is repeated with its seed and `--runs 1`. */

interface Options {
  runs: number
  seed: number
  only?: string
  hang: number
  memory: number
}

const { runs, seed, only, hang, memory } = new Command('fuzz')
  .description('Gives the product inputs of chance: none may end in exit status 70, hang, or take too much memory')
  .option('--runs <count>', 'runs for each target', Number, 1_000)
  .option('--seed <number>', 'seed of the first run', Number, 1)
  .option('--only <target>', `one of ${TARGETS.map(({ name }) => name).join(', ')}`)
  .option('--hang <ms>', 'time for one run', Number, 5_000)
  .option('--memory <mb>', 'memory for the process', Number, 600)
  .parse()
  .opts<Options>()

/** Findings of one target that are printed whole. */
const MOST_PRINTED = 20

let findings = 0
for (const target of only === undefined ? TARGETS : [targetNamed(only)]) {
  const report = await fuzz(target, { runs, seed, hangMs: hang, mostMegabytes: memory })
  const refused = Object.entries(report.refused).map(([code, count]) => `${code} ${count}`)
  console.log(
    `${target.name}: ${runs} runs from seed ${seed}, ${report.accepted} accepted, ${refused.join(', ') || 'none refused'}, ` +
      `${report.findings.length} findings, at most ${report.mostMegabytes} MB`,
  )
  for (const finding of report.findings.slice(0, MOST_PRINTED))
    console.log(`\nseed ${finding.seed}: ${JSON.stringify(finding.input).slice(0, 2_000)}\n${finding.what}`)
  findings += report.findings.length
}
process.exitCode = findings === 0 ? 0 : 1
