import type { Progress } from '#engine/contract/environment'
import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import type { ColumnDefinition, ModelDefinition, TableDefinition } from '#engine/contract/tables'
import type { CsvImport, ImportReport } from '#engine/contract/transfer'
import { findingText } from '#text/english/findings'
import { importText } from '#text/english/import'
import { progressText } from '#text/english/progress'
import { importFailed } from '../import-failed.ts'
import type { ImportTarget } from '../import-source.ts'
import { isLookupColumn } from '../model/column.ts'
import { Findings } from '../report/findings.ts'
import { guidOf, parseValue } from '../values.ts'
import { hiddenHeadings } from './hidden-headings.ts'
import { LookupResolver } from './lookup-resolver.ts'
import { openRows } from './open-rows.ts'

interface CsvRow {
  number: number
  guid: string
  values: LoadValues
  lookups: { column: ColumnDefinition; text: string }[]
}

const PROGRESS_EVERY = 1_000

/**
 * Imports the rows of a CSV file: updates a row with a known GUID, inserts every other one. Lookups are given as GUID or
 * as primary name, and may name rows of the same file. Values that do not fit are left out and reported with their row. Imports
 * the whole file or, when it fails, nothing of it.
 * @throws IMPORT_FAILED for a file that is no CSV, and for a mapping that does not fit the file or the model.
 */
export async function importCsv(
  path: string,
  mapping: CsvImport,
  into: ImportTarget,
  onProgress: (progress: Progress) => void = () => {},
): Promise<ImportReport> {
  const startedMs = into.now()
  const id = into.newId()
  const findings = new Findings()
  const model = into.model()
  const { table, rows } = await readRows(path, mapping, model, () => into.newId(), findings)
  const loader = into.load()
  try {
    const progress = (done: number) =>
      onProgress({ id, label: progressText.writingTable({ table: table.logicalName }), done, total: rows.length })
    const counts = writeRows(loader, table, rows, new LookupResolver(loader, model, table, findings), progress)
    loader.commit()
    return {
      sources: [],
      standard: { tables: 0, relationships: 0 },
      total: { tables: model.tables.length, relationships: model.relationships.length, manyToMany: model.manyToMany.length },
      parental: [],
      restrict: [],
      processes: [],
      roles: [],
      changes: [],
      stubs: [],
      lines: findings.lines(),
      recordsInserted: counts.inserted,
      recordsUpdated: counts.updated,
      durationMs: into.now() - startedMs,
    }
  } catch (error) {
    loader.rollback()
    throw error
  }
}

async function readRows(
  path: string,
  mapping: CsvImport,
  model: ModelDefinition,
  newId: () => string,
  findings: Findings,
): Promise<{ table: TableDefinition; rows: CsvRow[] }> {
  const file = await openRows(path)
  const table = model.tables.find(({ logicalName }) => logicalName === mapping.table.toLowerCase())
  if (!table) throw importFailed(path, importText.tableUnknown({ table: mapping.table }), importText.tableUnknownHint)
  const targets = mapping.columns.map(({ from, to }) => {
    const index = file.columns.indexOf(from)
    const column = table.columns.find(({ logicalName }) => logicalName === to.toLowerCase())
    if (index < 0)
      throw importFailed(path, importText.noColumn({ column: from }), importText.columnsHint({ columns: file.columns.join(', ') }))
    if (!column && to !== table.primaryId)
      throw importFailed(path, importText.tableHasNoColumn({ table: table.logicalName, column: to }), importText.tableHasNoColumnHint)
    return { index, column: to === table.primaryId ? undefined : column }
  })
  reportUnused(file.columns, mapping, findings)
  const rows = new Map<string, CsvRow>()
  for await (const { number, fields } of file.rows()) {
    const row: CsvRow = { number, guid: '', values: {}, lookups: [] }
    for (const { index, column } of targets) addField(row, column, fields[index] ?? '', findings)
    if (row.guid === '') row.guid = newId()
    if (rows.has(row.guid)) findings.add('duplicate', findingText.rowTwice, `row ${number}`)
    rows.set(row.guid, row)
  }
  return { table, rows: [...rows.values()] }
}

/** Reports each column of the file that goes nowhere, apart from those that the platform hides. */
function reportUnused(columns: readonly string[], mapping: CsvImport, findings: Findings): void {
  const used = new Set(mapping.columns.map(({ from }) => from))
  const hidden = hiddenHeadings(columns)
  for (const column of columns)
    if (!used.has(column) && !hidden.has(column) && column !== '')
      findings.add('skipped', findingText.headingWithoutColumn({ table: mapping.table }), column)
}

/** Adds one field to a row. `column` is undefined for the row's own GUID. */
function addField(row: CsvRow, column: ColumnDefinition | undefined, text: string, findings: Findings): void {
  if (!column) {
    const guid = guidOf(text)
    if (!guid && text.trim() !== '') findings.add('unparsedValue', findingText.rowIdInvalid, `row ${row.number}: "${text}"`)
    row.guid = guid ?? ''
    return
  }
  if (isLookupColumn(column.type)) {
    if (text.trim() !== '') row.lookups.push({ column, text: text.trim() })
    else if (column.type !== 'Owner') row.values[column.logicalName] = null
    return
  }
  const parsed = parseValue(column, text)
  if ('value' in parsed) row.values[column.logicalName] = parsed.value
  else findings.add('unparsedValue', findingText.valueLeftOut(parsed), `row ${row.number}, ${column.logicalName}: "${text.slice(0, 80)}"`)
}

function writeRows(
  loader: RecordLoader,
  table: TableDefinition,
  rows: CsvRow[],
  resolver: LookupResolver,
  advance: (done: number) => void,
) {
  const counts = { inserted: 0, updated: 0 }
  const name = table.logicalName
  const numbers = rows.map((row, index): RowNumber => {
    if (index % PROGRESS_EVERY === 0) advance(index)
    const owner = resolver.resolve(
      row.lookups.filter(({ column }) => column.type === 'Owner'),
      row.number,
    )
    const values = { ...row.values, ...owner }
    const known = loader.find(name, row.guid)
    if (known === undefined) {
      counts.inserted++
      return loader.insert(name, row.guid, values)
    }
    counts.updated++
    loader.update(name, known, values)
    return known
  })
  rows.forEach((row, index) => {
    const number = numbers[index]
    const lookups = row.lookups.filter(({ column }) => column.type !== 'Owner')
    if (number !== undefined && lookups.length > 0) loader.update(name, number, resolver.resolve(lookups, row.number))
  })
  return counts
}
