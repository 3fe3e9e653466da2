import { Command } from 'commander'
import { type CallerOption, callerOf, withCaller } from '../../caller.ts'
import { acts, examples } from '../../command.ts'
import { runLines } from '../../plugin-text.ts'
import { findRecord } from '../../record-argument.ts'
import { wholeNumber } from '../../wholes.ts'
import { withWorkbench } from '../../with-workbench.ts'

interface TraceOptions extends CallerOption {
  json?: boolean
  plugin?: string
  record?: string
  job?: string
  errors?: boolean
  search?: string
  limit: number
}

export const trace = () =>
  acts<[string], TraceOptions>(
    withCaller(new Command('trace'))
      .description('show what steps ran, the newest last, with what they traced')
      .argument('<environment>', 'a .cascade file')
      .option('--plugin <name>', 'only runs of this plug-in')
      .option('--record <record>', 'only runs of this record: table/GUID or table/name')
      .option('--job <id>', 'only runs in this job')
      .option('--errors', 'only what failed or was refused')
      .option('--search <text>', 'only runs with this text in trace or error')
      .option('--limit <number>', 'at most so many, the newest', wholeNumber(1), 100)
      .addHelpText(
        'after',
        examples('cascade plugin trace lab.cascade --errors', 'cascade plugin trace lab.cascade --record account/Contoso --json'),
      ),
    ({ output }, options, environment) =>
      withWorkbench(environment, async (workbench) => {
        const { plugin, record, job, errors, search, limit } = options
        const user = callerOf(workbench, options)
        const { runs } = await user.findStepRuns({
          limit: Math.min(limit, 1_000),
          ...(plugin === undefined ? {} : { plugin }),
          ...(record === undefined ? {} : { record: await findRecord({ workbench, user }, record) }),
          ...(job === undefined ? {} : { jobId: job }),
          ...(errors === undefined ? {} : { onlyErrors: errors }),
          ...(search === undefined ? {} : { search }),
        })
        output.result(runs, () => runLines(runs))
        return undefined
      }),
  )
