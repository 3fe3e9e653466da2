import { namedMessageOf, toErrorData } from '#engine/contract/errors'
import { inEnglish } from '#text/english'
import { terminalLine } from '#text/terminal-text'
import { print, printAside, printJson } from './terminal.ts'

/** Prints results to stdout, and everything else (progress, notes, errors) to stderr. */
export interface Output {
  /** Prints the result as JSON or as text. */
  result(value: unknown, text: () => string): void
  /** Prints a remark. */
  note(text: string): void
  error(error: unknown): void
}

export function createOutput(json: boolean): Output {
  return {
    result: (value, text) => (json ? printJson(JSON.stringify(value, null, 2)) : print(`${text()}\n`)),
    note: (text) => printAside(`${text}\n`),
    error(error) {
      const data = toErrorData(error)
      if (json) printJson(JSON.stringify({ error: data }, null, 2))
      const platform = data.platformCode === null ? '' : ` ${data.platformCode} ${data.platformName ?? ''}`.trimEnd()
      const stack = data.code === 'UNEXPECTED' && typeof data.details.stack === 'string' ? `\n${data.details.stack}` : ''
      printAside(
        `Error [${data.code}${platform}]: ${inEnglish(namedMessageOf(data))}${data.hint === null ? '' : `\n${data.hint}`}${stack}\n`,
      )
    },
  }
}

/** Formats 1234567 as `1,234,567`. */
export const grouped = (count: number): string => count.toLocaleString('en-US')

/** Formats rows as aligned columns, numbers to the right and with thousands separators. */
export function table(headings: string[], rows: (string | number | null)[][]): string {
  const numeric = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'))
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? grouped(cell) : terminalLine(cell ?? ''))))
  const widths = headings.map((heading, column) => Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n')
}

/** Indents the lines after the first, so that none of them passes for a line of ours. */
export const continued = (text: string, width: number): string => text.replaceAll('\n', `\n${' '.repeat(width)}`)

/** Formats pairs as lines `name  value`. */
export function facts(pairs: [string, string | number | null][]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.padEnd(width)}  ${typeof value === 'number' ? grouped(value) : continued(value ?? '', width + 2)}`)
    .join('\n')
}
