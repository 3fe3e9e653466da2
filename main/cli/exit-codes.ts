import { CommanderError } from 'commander'
import { concernOf, EngineError } from '#engine/contract/errors'

/** Exit statuses. Scripts rely on these numbers; they do not change. */
export const EXIT = {
  ok: 0,
  /** An operation was refused, or an expectation of a scenario failed. */
  refused: 1,
  /** The command line, a scenario or another input is not valid. */
  invalid: 2,
  /** The environment cannot be opened or written, or another program holds it. */
  unusable: 3,
  /** A job ended Paused, Failed or Cancelled. */
  jobNotCompleted: 4,
  /** A defect of the product. */
  unexpected: 70,
  /** Ctrl+C. */
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The table that `--help` shows. */
export const EXIT_CODES_HELP = `
Exit status:
  0    done
  1    refused, or an expectation of a scenario failed
  2    the command line, a scenario or another input is not valid
  3    the environment is unusable or busy
  4    a job ended Paused, Failed or Cancelled
  70   unexpected: a defect of the product
  130  interrupted; a running job continues when the environment is opened again`

/** Returns an error's exit status. A platform code means that the operation itself was refused. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.invalid
  if (!(error instanceof EngineError)) return EXIT.unexpected
  const concern = concernOf(error)
  if (concern === 'environment' || concern === 'file' || error.code === 'RECORD_DAMAGED') return EXIT.unusable
  return concern === 'input' && error.platformCode === null ? EXIT.invalid : EXIT.refused
}
