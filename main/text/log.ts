import { terminalText } from './terminal-text.ts'

/**
 * The lines that the hosts of the app print go through here, because paths, names and messages of errors come from files and
 * plug-ins: what a terminal would obey is shown instead.
 */

/** Prints a line to stdout. */
export const logLine = (text: string): void => console.log(terminalText(text))

/** Prints a remark to stderr. */
export const logRemark = (text: string): void => console.error(terminalText(text))

/** Prints an error to stderr, with its stack and its causes. */
export const logError = (error: unknown): void => logRemark(withCauses(error))

function withCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? String(error)
  return error.cause === undefined ? own : `${own}\ncaused by ${withCauses(error.cause)}`
}
