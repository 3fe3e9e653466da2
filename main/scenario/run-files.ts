import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '#engine/store/temporary-folder'
import { titleOf } from './format/scenario.ts'
import { checkReplaceable, replaceEnvironment } from './kept-environment.ts'
import { type RunReport, type ScenarioReport, toRunReport } from './report.ts'
import type { PluginPlace } from './run-plugins.ts'
import { invalidReport, runScenario, type ScenarioFile } from './run-scenario.ts'
import { ScenarioError } from './scenario-error.ts'
import { findScenarioFiles, readScenarioFile } from './scenario-files.ts'

export interface RunOptions {
  /** Runs only scenarios whose path or title matches. */
  filter?: RegExp
  /** Where to keep the last environment. */
  environment?: string
  /** Where plug-ins run. @default 'contained' */
  plugins?: PluginPlace
  /** Called with the number of finished files and of all files. */
  onProgress?: (done: number, total: number) => void
  /** Aborting it stops before the next file. */
  signal?: AbortSignal
  /** Called with the report before the last environment is kept, which may fail. */
  onReport?: (report: RunReport) => void
}

/**
 * Runs scenario files and folders in order, each in a fresh environment that is removed afterwards.
 * @throws EngineError if the environment to keep would replace another kind of file
 */
export async function runFiles(
  paths: readonly string[],
  { filter, environment, plugins = 'contained', onProgress, onReport, signal }: RunOptions = {},
): Promise<RunReport> {
  if (environment !== undefined) checkReplaceable(environment)
  const folder = makeTemporaryFolder()
  const reports: ScenarioReport[] = []
  let last: string | null = null
  try {
    const files = findScenarioFiles(paths)
    for (const [index, path] of files.entries()) {
      signal?.throwIfAborted()
      onProgress?.(index, files.length)
      const read = readOrReport(path)
      if (filter !== undefined && !filter.test(`${path}\n${'text' in read ? (titleOf(read.text) ?? '') : ''}`)) continue
      if (!('text' in read)) {
        reports.push(read)
        continue
      }
      const fresh = join(folder.path, `${reports.length + 1}.cascade`)
      const report = await runScenario(read, fresh, { plugins })
      reports.push(report)
      if (report.outcome === 'invalid' || !existsSync(fresh)) continue
      if (last !== null) rmSync(last, { force: true })
      last = fresh
    }
    onProgress?.(files.length, files.length)
    const report = toRunReport(reports)
    onReport?.(report)
    if (environment !== undefined && last !== null) replaceEnvironment(last, environment)
    return report
  } finally {
    folder.remove()
  }
}

function readOrReport(path: string): ScenarioFile | ScenarioReport {
  try {
    return readScenarioFile(path)
  } catch (error) {
    if (error instanceof ScenarioError) return invalidReport(path, '', error)
    throw error
  }
}
