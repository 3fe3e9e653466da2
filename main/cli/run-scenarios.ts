import { Option } from 'commander'
import { EngineError } from '#engine/contract/errors'
import type { RunReport } from '../scenario/report.ts'
import { REPORTERS, type ReporterName } from '../scenario/reporters/index.ts'
import { runFiles } from '../scenario/run-files.ts'
import type { PluginPlace } from '../scenario/run-plugins.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { createProgress } from './progress.ts'
import { print, printJson } from './terminal.ts'
import { Interrupted } from './with-workbench.ts'

export interface ReportOptions {
  json?: boolean
  reporter: ReporterName
}

export interface RunRequest extends ReportOptions {
  paths: string[]
  /** Where to keep the last environment. */
  env?: string
  filter?: RegExp
  /** @default 'contained' */
  plugins?: PluginPlace
}

export const reporterOption = (): Option => new Option('--reporter <name>', 'how to report').choices(Object.keys(REPORTERS)).default('text')

/** Runs scenario files and prints the report. Returns the exit status. */
export async function runAndReport(request: RunRequest): Promise<ExitCode> {
  const { json, reporter, paths, filter } = request
  const format = json ? 'json' : reporter
  const report = await runWithProgress(request, (done) =>
    format === 'json' ? printJson(REPORTERS.json(done)) : print(`${REPORTERS[format](done)}\n`),
  )
  if (report.scenarios.length === 0)
    throw new EngineError(
      'INPUT_INVALID',
      `There is no scenario to run in ${paths.join(', ')}${filter === undefined ? '' : ` that matches /${filter.source}/`}.`,
    )
  return exitCode(report)
}

function exitCode({ scenarios, failed }: RunReport): ExitCode {
  if (scenarios.some(({ error }) => error?.code === 'UNEXPECTED')) return EXIT.unexpected
  if (scenarios.some(({ outcome }) => outcome === 'invalid')) return EXIT.invalid
  return failed > 0 ? EXIT.refused : EXIT.ok
}

async function runWithProgress({ paths, env, filter, plugins }: RunRequest, print: (report: RunReport) => void): Promise<RunReport> {
  const progress = createProgress()
  const abort = new AbortController()
  const interrupt = () => abort.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  try {
    return await runFiles(paths, {
      ...(filter === undefined ? {} : { filter }),
      ...(env === undefined ? {} : { environment: env }),
      ...(plugins === undefined ? {} : { plugins }),
      onProgress: (done, total) => progress.show('Scenarios', done, total),
      onReport(report) {
        progress.stop()
        print(report)
      },
      signal: abort.signal,
    })
  } finally {
    process.off('SIGINT', interrupt)
    progress.stop()
  }
}
