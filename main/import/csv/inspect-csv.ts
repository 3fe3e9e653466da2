import type { ModelDefinition, TableDefinition } from '#engine/contract/tables'
import type { CsvColumnMapping, CsvImport, CsvInspection } from '#engine/contract/transfer'
import { hiddenHeadings } from './hidden-headings.ts'
import { openRows } from './open-rows.ts'

const SAMPLE_ROWS = 5

/**
 * Returns what a CSV file holds, and which table and columns its heading suggests.
 * @throws IMPORT_FAILED where it is no CSV file in UTF-8 with a heading.
 */
export async function inspectCsv(path: string, model: ModelDefinition): Promise<CsvInspection> {
  const file = await openRows(path)
  const sample: string[][] = []
  let rows = 0
  for await (const { fields } of file.rows()) {
    rows++
    if (sample.length < SAMPLE_ROWS) sample.push(fields)
  }
  return { columns: file.columns, sample, delimiter: file.delimiter, rows, suggestion: suggest(file.columns, file.name, model) }
}

/** Returns the table that matches most names of the heading. A table named by the key's hidden column or by the file takes precedence. */
export function suggest(columns: string[], fileName: string, model: ModelDefinition): CsvImport | null {
  const hidden = hiddenHeadings(columns)
  const [key] = hidden.values()
  let best: { mapping: CsvImport; score: number } | null = null
  for (const table of model.tables) {
    const byName = columnsByName(table)
    const mapped = columns.flatMap((column) => mapColumn(column, table, byName, hidden) ?? [])
    const isNamed = (key !== undefined && isNameOf(key, table)) || isNameOf(fileName, table)
    const score = mapped.length + (isNamed ? columns.length : 0)
    if (mapped.length > 0 && score > (best?.score ?? 0)) best = { mapping: { table: table.logicalName, columns: mapped }, score }
  }
  return best && best.score * 2 >= columns.filter((column) => !hidden.has(column)).length ? best.mapping : null
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

function mapColumn(
  from: string,
  table: TableDefinition,
  byName: ReadonlyMap<string, string>,
  hidden: ReadonlyMap<string, string>,
): CsvColumnMapping | undefined {
  const named = hidden.get(from)
  if (named !== undefined) return isNameOf(named, table) ? { from, to: table.primaryId } : undefined
  const to = byName.get(from.toLowerCase())
  return to === undefined ? undefined : { from, to }
}
