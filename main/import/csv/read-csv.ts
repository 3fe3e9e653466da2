import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { importText } from '#text/english/import'
import { decodeText } from '../files/decode-text.ts'
import type { SourceFile } from '../files/file-tree.ts'
import { openSingleFile } from '../files/folder.ts'
import { readStart } from '../files/read-limited.ts'
import { importFailed } from '../import-failed.ts'
import { checkCount, ReadBudget } from '../limits.ts'

/** An open CSV file: its heading, and its rows as a stream. */
export interface CsvFile {
  name: string
  columns: string[]
  delimiter: string
  /** Row numbers as a spreadsheet shows them: the heading is row 1. */
  rows(): AsyncIterable<{ number: number; fields: string[] }>
}

const START_BYTES = 65_536
const MAX_RECORD_CHARACTERS = 4_000_000
const DELIMITERS = [',', ';', '\t', '|']

/** Opens a CSV file and reads its heading. @throws IMPORT_FAILED if it is no CSV file in UTF-8 with a heading */
export async function openCsv(path: string): Promise<CsvFile> {
  const [file] = (await openSingleFile(path, new ReadBudget())).files
  if (!file) throw importFailed(path, importText.cannotBeOpened, importText.mayReadHint)
  const start = await readStart(file.read(), START_BYTES)
  const delimiter = detectDelimiter(start.toString('utf8'))
  const columns = await readHeading(file, delimiter)
  return { name: basename(path).replace(/\.[^.]+$/, ''), columns, delimiter, rows: () => readRows(path, columns.length, delimiter) }
}

/** Returns the delimiter that divides the heading into most fields, ignoring quoted text. */
export function detectDelimiter(start: string): string {
  const heading =
    start
      .replace(/^\uFEFF/, '')
      .replace(/"(?:[^"]|"")*"/g, '')
      .split(/\r?\n/, 1)[0] ?? ''
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: heading.split(delimiter).length - 1 }))
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter
}

async function readHeading(file: SourceFile, delimiter: string): Promise<string[]> {
  for await (const { fields } of records(file, delimiter)) {
    checkCount(fields.length, 'csvColumns', file.location)
    const columns = fields.map((field) => field.trim())
    const seen = new Set<string>()
    const twice = columns.find((column) => seen.size === seen.add(column).size)
    if (twice !== undefined) throw importFailed(file.location, importText.headingTwice({ column: twice }), importText.headingTwiceHint)
    return columns
  }
  throw importFailed(file.location, importText.empty, importText.emptyHint)
}

async function* readRows(path: string, width: number, delimiter: string): AsyncIterable<{ number: number; fields: string[] }> {
  const [file] = (await openSingleFile(path, new ReadBudget())).files
  if (!file) return
  let isHeading = true
  let count = 0
  for await (const row of records(file, delimiter)) {
    if (isHeading) {
      isHeading = false
      continue
    }
    if (row.fields.length !== width)
      throw importFailed(
        path,
        importText.otherWidth({ row: String(row.number), fields: row.fields.length, width }),
        importText.otherWidthHint,
      )
    checkCount(++count, 'records', path)
    yield row
  }
}

async function* records(file: SourceFile, delimiter: string): AsyncIterable<{ number: number; fields: string[] }> {
  const parser = parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD_CHARACTERS })
  const text = Readable.from(decodeText(file.read(), file.location))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let number = 0
  try {
    for await (const fields of parser as AsyncIterable<string[]>) yield { number: ++number, fields }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw importFailed(file.location, importText.notCsv({ reason: error.message }), importText.notCsvHint, error)
  } finally {
    text.destroy()
    parser.destroy()
  }
}
