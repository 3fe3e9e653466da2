import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import { findScenarioFiles } from '../../../scenario/scenario-files.ts'
import { acts, examples } from '../../command.ts'
import { EXIT } from '../../exit-codes.ts'
import type { Output } from '../../output.ts'
import { type ReportOptions, type RunRequest, reporterOption, runAndReport } from '../../run-scenarios.ts'
import { watchFolder } from '../../watch-folder.ts'

interface TestOptions extends ReportOptions {
  watch?: boolean
}

export const test = () =>
  acts<[string], TestOptions>(
    new Command('test')
      .description('run the scenarios of a plug-in: its folder `scenarios`, else the *.yaml files beside it')
      .argument('[path]', 'a plug-in folder or module file', '.')
      .option('--watch', 'again after every change, until Ctrl+C')
      .addOption(reporterOption())
      .addHelpText('after', examples('cascade plugin test ./close-guard', 'cascade plugin test ./close-guard --watch')),
    async ({ output }, { watch = false, ...report }, path) => {
      const folder = folderOf(path)
      const request = () => ({ ...report, paths: scenariosOf(folder) })
      return watch ? testAgainAndAgain(folder, request, output) : runAndReport(request())
    },
  )

function folderOf(path: string): string {
  if (!existsSync(path)) throw inputInvalid(`There is no plug-in at ${path}.`)
  return statSync(path).isDirectory() ? path : dirname(path)
}

function scenariosOf(folder: string): string[] {
  const own = join(folder, 'scenarios')
  if (existsSync(own)) return [own]
  // Only files directly in the folder, because folders such as node_modules may hold other scenarios.
  return findScenarioFiles([folder]).filter((file) => dirname(file) === join(folder))
}

/** Runs the scenarios again after each change, whatever the result of the last run, until Ctrl+C. */
async function testAgainAndAgain(folder: string, request: () => RunRequest, output: Output) {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    for await (const _ of watchFolder(folder, interruption.signal)) {
      await runAndReport(request()).catch((error) => {
        if (!interruption.signal.aborted) output.error(error)
      })
      if (!interruption.signal.aborted) output.note(`Waiting for changes in ${folder}. Ctrl+C ends it.`)
    }
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
  return EXIT.interrupted
}
