import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'

/**
 * Checks that a run may store its environment at a path, which must be free or hold an environment.
 * @throws ENVIRONMENT_UNUSABLE for another kind of file, STORE_BUSY if the environment is open
 */
export function checkReplaceable(path: string): void {
  if (!existsSync(path)) return
  openEngine({ path, mode: 'open', now: Date.now, newId: () => crypto.randomUUID() }).close()
  if (existsSync(`${path}-wal`))
    throw new EngineError('STORE_BUSY', `${path} is open in another program.`, { hint: 'Close it there, or choose another name.' })
}

/** Replaces a file atomically: a failure leaves the old one. */
export function replaceEnvironment(from: string, to: string): void {
  const beside = `${to}.new-${process.pid}`
  try {
    copyFileSync(from, beside)
    renameSync(beside, to)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new EngineError(
      'ENVIRONMENT_UNUSABLE',
      `The environment cannot be kept as ${to}: ${error instanceof Error ? error.message : String(error)}.`,
      {
        hint: 'Check that the folder exists and that you may write there.',
        cause: error,
      },
    )
  }
}
