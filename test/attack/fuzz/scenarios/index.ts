import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ScenarioReport } from '../../../../main/scenario/report.ts'
import { runScenario } from '../../../../main/scenario/run-scenario.ts'
import { HOSTILE_PIECES, mutateText } from '../mutate-text.ts'
import { type Outcome, target } from '../target.ts'

const EXAMPLES = join(import.meta.dirname, '..', '..', '..', 'scenarios')

/** Larger ones make tens of thousands of rows, which takes its time. */
const LARGEST = 6_000

/** Valid scenario files, in an order that is the same on every machine. */
const files: string[] = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.yaml'))
  .sort()
const small = files.filter((path) => textOf(path).length < LARGEST && !/count: \d{4,}/.test(textOf(path)))

/** Words of the format where others are expected. */
const WORDS = [
  ...HOSTILE_PIECES,
  'account',
  'contact',
  'account/A',
  '{ account: {} }',
  '[ 1, 2 ]',
  '&a',
  '*a',
  '<<: *a',
  '!!binary aGk=',
  '|',
  '>',
  '? x',
  '---',
  'Async',
  'Paused',
  'during:',
  'steps:',
  'generate: [ { table: account, id: G, count: 1000000000 } ]',
  'import: ../..',
]

/** A file of ours, changed by chance. */
interface Input {
  file: string
  text: string
}

function textOf(file: string): string {
  return readFileSync(join(EXAMPLES, file), 'utf8')
}

/** What the product says of an error that none of its codes describes. */
const UNEXPECTED = /"code":"UNEXPECTED"|Something went wrong inside Cascade Workbench/

function outcomeOf(report: ScenarioReport): Outcome {
  const text = JSON.stringify(report)
  if (UNEXPECTED.test(text)) return { kind: 'failed', what: report.error?.stack ?? text.slice(0, 4_000) }
  return report.outcome === 'invalid' ? { kind: 'refused', code: report.error?.code ?? '' } : { kind: 'accepted' }
}

/** Scenario files: valid ones with changes of chance. */
export const scenarios = target<Input>({
  name: 'scenarios',
  makeInput(random) {
    const file = random.pick(small)
    return { file, text: mutateText(random, textOf(file), WORDS) }
  },
  async run({ file, text }, { folder }) {
    const path = join(EXAMPLES, file)
    return outcomeOf(await runScenario({ file, text, folder: dirname(path) }, join(folder, 'run.cascade')))
  },
})
