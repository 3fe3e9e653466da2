import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import type { GenerateReport, GenerateRule } from '#engine/contract/transfer'
import { type CallerOption, callerOf, withCaller } from '../caller.ts'
import { acts, examples, several } from '../command.ts'
import { readGenerateRules } from '../generate-rules.ts'
import { grouped, table } from '../output.ts'
import { type Acting, readAssignments } from '../record-argument.ts'
import { wholeNumber } from '../wholes.ts'
import { withWorkbench } from '../with-workbench.ts'

interface GenerateOptions extends CallerOption {
  json?: boolean
  into: string
  table?: string
  count?: number
  per?: string
  attribute?: string
  chain?: number
  where?: string[]
  set?: string[]
  owners?: string
  states?: string
}

export const generate = () =>
  acts<[string | undefined], GenerateOptions>(
    withCaller(new Command('generate'))
      .description('make many rows, by rules in a file or by one rule given as options')
      .argument('[rules]', 'a YAML file: a list of rules')
      .requiredOption('--into <environment>', 'a .cascade file')
      .option('--table <name>', 'the table')
      .option('--count <number>', 'rows in all, or for each parent', wholeNumber(1))
      .option('--per <table>', 'for each row of this table, linked by --attribute')
      .option('--chain <number>', 'this many rows, each the parent of the next through --attribute', wholeNumber(1))
      .option('--attribute <column>', 'the lookup that links the rows')
      .option('--where <column=value>', 'only under parents that match; may be given several times', several)
      .option('--set <column=value>', 'a value for every row; may be given several times', several)
      .option('--owners <names>', 'owners in turn, separated by commas')
      .option('--states <state=share>', 'state codes with their shares: 0=0.8,1=0.2')
      .addHelpText(
        'after',
        examples(
          'cascade generate rules.yaml --into lab.cascade',
          'cascade generate --into lab.cascade --table contact --count 5 --per account --attribute parentcustomerid --owners alice,bob',
        ),
      ),
    ({ output }, options, file) =>
      withWorkbench(options.into, async (workbench) => {
        const user = callerOf(workbench, options)
        const acting = { workbench, user }
        const rules = file === undefined ? [await ruleOf(acting, options)] : await readGenerateRules(readFile(file), acting)
        if (file !== undefined && options.table !== undefined) throw inputInvalid('Give either a file of rules or --table, not both.')
        const report = await user.generate(rules)
        output.result(report, () => reportText(report))
        return undefined
      }),
  )

async function ruleOf(acting: Acting, options: GenerateOptions): Promise<GenerateRule> {
  const { table: tableName, count, per, attribute, chain } = options
  if (tableName === undefined) throw inputInvalid('Which rows? Give a file of rules, or --table with --count, --per or --chain.')
  return {
    table: tableName,
    ...(count === undefined ? {} : { count }),
    ...(per === undefined ? {} : { per }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(chain === undefined ? {} : { chain }),
    ...(options.where === undefined ? {} : { where: await readAssignments(acting, per ?? tableName, options.where) }),
    ...(options.set === undefined ? {} : { set: await readAssignments(acting, tableName, options.set) }),
    ...(options.owners === undefined ? {} : { owners: options.owners.split(',').map((name) => name.trim()) }),
    ...(options.states === undefined ? {} : { states: statesOf(options.states) }),
  }
}

const statesOf = (text: string): Record<number, number> =>
  Object.fromEntries(
    text.split(',').map((pair) => {
      const [state, share] = pair.split('=').map(Number)
      if (state === undefined || share === undefined || !Number.isInteger(state) || !Number.isFinite(share))
        throw inputInvalid(`"${pair}" is no share of a state: write state=share, for instance 0=0.8,1=0.2.`)
      return [state, share]
    }),
  )

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw inputInvalid(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const reportText = ({ inserted, total, durationMs }: GenerateReport): string =>
  `${table(['table', 'rows made'], Object.entries(inserted))}\n\n${grouped(total)} rows in ${(durationMs / 1_000).toFixed(1)} s.`
