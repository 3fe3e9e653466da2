import { Command, InvalidArgumentError, Option } from 'commander'
import { EngineError } from '#engine/errors'
import type { RunReport } from '../../scenario/report.ts'
import { REPORTERS, type ReporterName } from '../../scenario/reporters/index.ts'
import { runFiles } from '../../scenario/run-files.ts'
import { acts, examples } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { createProgress } from '../progress.ts'
import { Interrupted } from '../with-workbench.ts'

interface RunOptions {
  json?: boolean
  reporter: ReporterName
  env?: string
  filter?: RegExp
}

export const run = () =>
  acts<[string[]], RunOptions>(
    new Command('run')
      .description('run scenario files and say which expectations held')
      .argument('<paths...>', 'scenario files, or folders with *.yaml and *.yml files')
      .addOption(new Option('--reporter <name>', 'how to report').choices(Object.keys(REPORTERS)).default('text'))
      .option('--env <environment>', 'keep the last environment as this file')
      .option('--filter <regex>', 'only scenarios whose path or title matches', regex)
      .addHelpText(
        'after',
        examples(
          'cascade run scenarios/',
          'cascade run merge.yaml --reporter junit > report.xml',
          'cascade run merge.yaml --env after.cascade',
        ),
      ),
    async (_context, { json, reporter, env, filter }, paths) => {
      const report = await runWithProgress(paths, env, filter)
      process.stdout.write(`${REPORTERS[json ? 'json' : reporter](report)}\n`)
      if (report.scenarios.length === 0)
        throw new EngineError(
          'INPUT_INVALID',
          `There is no scenario to run in ${paths.join(', ')}${filter === undefined ? '' : ` that matches /${filter.source}/`}.`,
        )
      return exitCode(report)
    },
  )

function exitCode({ scenarios, failed }: RunReport): ExitCode {
  if (scenarios.some(({ outcome }) => outcome === 'invalid')) return EXIT.invalid
  return failed > 0 ? EXIT.refused : EXIT.ok
}

async function runWithProgress(paths: string[], environment: string | undefined, filter: RegExp | undefined): Promise<RunReport> {
  const progress = createProgress()
  const abort = new AbortController()
  const interrupt = () => abort.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  try {
    return await runFiles(paths, {
      ...(filter === undefined ? {} : { filter }),
      ...(environment === undefined ? {} : { environment }),
      onProgress: (done, total) => progress.show('Scenarios', done, total),
      signal: abort.signal,
    })
  } finally {
    process.off('SIGINT', interrupt)
    progress.stop()
  }
}

function regex(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}
