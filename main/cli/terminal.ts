import { terminalJson, terminalText } from '#text/terminal-text'

/**
 * Everything that the command line prints goes through here, because names, values and messages come from files and plug-ins: what a
 * terminal would obey is shown instead.
 */

/** Prints to stdout, where results go. */
export const print = (text: string): void => void process.stdout.write(terminalText(text))

/** Prints one JSON document to stdout. */
export const printJson = (document: string): void => void process.stdout.write(`${terminalJson(document)}\n`)

/** Prints to stderr, where progress, remarks and errors go. */
export const printAside = (text: string): void => void process.stderr.write(terminalText(text))
