import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ScenarioFile } from './run-scenario.ts'
import { ScenarioError } from './scenario-error.ts'

/** Returns files as given, and for folders the `.yaml` and `.yml` files below them, sorted by path. A missing path stays in the list. */
export function findScenarioFiles(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  })
  return [...new Set(found)]
}

/** Reads a scenario file. @throws ScenarioError if it cannot be read */
export function readScenarioFile(path: string): ScenarioFile {
  try {
    return { file: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8'), folder: dirname(path) }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : String(error)
    throw new ScenarioError('FILE_UNREADABLE', `${path} cannot be read: ${reason}.`, { line: 1, column: 1 })
  }
}
