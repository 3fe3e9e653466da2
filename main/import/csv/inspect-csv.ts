import type { ModelDefinition, TableDefinition } from '#engine/contract/tables'
import type { CsvColumnMapping, CsvImport, CsvInspection } from '#engine/contract/transfer'
import { openCsv } from './read-csv.ts'

const SAMPLE_ROWS = 5

/**
 * Returns what a CSV file holds, and which table and columns its heading suggests.
 * @throws IMPORT_FAILED where it is no CSV file in UTF-8 with a heading.
 */
export async function inspectCsv(path: string, model: ModelDefinition): Promise<CsvInspection> {
  const file = await openCsv(path)
  const sample: string[][] = []
  let rows = 0
  for await (const { fields } of file.rows()) {
    rows++
    if (sample.length < SAMPLE_ROWS) sample.push(fields)
  }
  return { columns: file.columns, sample, delimiter: file.delimiter, rows, suggestion: suggest(file.columns, file.name, model) }
}

/** Spreadsheets exported by the platform begin with three hidden columns. Source: import formats, Sources. */
const HIDDEN = /^\(Do Not Modify\)\s*(.+)$/i
const HIDDEN_WITHOUT_USE = new Set(['row checksum', 'modified on'])

/** Returns the table that matches most names of the heading. A table named by the key's hidden column or by the file takes precedence. */
export function suggest(columns: string[], fileName: string, model: ModelDefinition): CsvImport | null {
  const named = columns
    .map((column) => HIDDEN.exec(column)?.[1] ?? '')
    .filter((name) => name !== '' && !HIDDEN_WITHOUT_USE.has(name.toLowerCase()))
  let best: { mapping: CsvImport; score: number } | null = null
  for (const table of model.tables) {
    const byName = columnsByName(table)
    const mapped = columns.flatMap((column) => mapColumn(column, table, byName) ?? [])
    const isNamed = named.some((name) => isNameOf(name, table)) || isNameOf(fileName, table)
    const score = mapped.length + (isNamed ? columns.length : 0)
    if (mapped.length > 0 && score > (best?.score ?? 0)) best = { mapping: { table: table.logicalName, columns: mapped }, score }
  }
  return best && best.score * 2 >= columns.filter((column) => !HIDDEN.test(column)).length ? best.mapping : null
}

const isNameOf = (name: string, table: TableDefinition): boolean =>
  [table.logicalName, table.schemaName, table.displayName].some((each) => each?.toLowerCase() === name.toLowerCase())

/** Returns the columns of a table by their names in lower case; a logical name takes precedence over a display name. */
function columnsByName({ columns }: TableDefinition): Map<string, string> {
  const byName = new Map<string, string>()
  for (const { logicalName, displayName } of columns.toReversed())
    if (displayName !== null) byName.set(displayName.toLowerCase(), logicalName)
  for (const { logicalName } of columns) byName.set(logicalName, logicalName)
  return byName
}

function mapColumn(from: string, table: TableDefinition, byName: ReadonlyMap<string, string>): CsvColumnMapping | undefined {
  const hidden = HIDDEN.exec(from)?.[1]
  if (hidden !== undefined) return isNameOf(hidden, table) ? { from, to: table.primaryId } : undefined
  const to = byName.get(from.toLowerCase())
  return to === undefined ? undefined : { from, to }
}
