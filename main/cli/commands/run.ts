import { Command, InvalidArgumentError } from 'commander'
import { acts, examples } from '../command.ts'
import { inspectorPort, openInspector } from '../inspector.ts'
import { type ReportOptions, reporterOption, runAndReport } from '../run-scenarios.ts'

interface RunOptions extends ReportOptions {
  env?: string
  filter?: RegExp
  inspect?: number
  inspectBrk?: number
}

export const run = () =>
  acts<[string[]], RunOptions>(
    new Command('run')
      .description('run scenario files and say which expectations held')
      .argument('<paths...>', 'scenario files, or folders with *.yaml and *.yml files')
      .addOption(reporterOption())
      .option('--env <environment>', 'keep the last environment as this file')
      .option('--filter <regex>', 'only scenarios whose path or title matches', regex)
      .option('--inspect [=port]', "open Node's inspector; plug-ins run uncontained, so that breakpoints work", inspectorPort)
      .option('--inspect-brk [=port]', 'the same, and wait for a debugger before anything runs', inspectorPort)
      .addHelpText(
        'after',
        examples(
          'cascade run scenarios/',
          'cascade run merge.yaml --reporter junit > report.xml',
          'cascade run merge.yaml --env after.cascade',
          'cascade run close-guard/scenarios --inspect-brk',
        ),
      ),
    async ({ output }, { inspect, inspectBrk, ...request }, paths) => {
      const port = inspectBrk ?? inspect
      if (port === undefined) return runAndReport({ ...request, paths })
      const close = openInspector({ port, waits: inspectBrk !== undefined })
      output.note('Plug-ins run in this process and nothing contains them: they may do whatever you may do. Run only those that you trust.')
      try {
        return await runAndReport({ ...request, paths, plugins: 'native' })
      } finally {
        close()
      }
    },
  )

function regex(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}
