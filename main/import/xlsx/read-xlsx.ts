import { basename } from 'node:path'
import { importText } from '#text/english/import'
import type { CsvFile } from '../csv/read-csv.ts'
import { openArchive } from '../files/archive.ts'
import type { FileTree, SourceFile } from '../files/file-tree.ts'
import { findFile } from '../files/file-tree.ts'
import { importFailed } from '../import-failed.ts'
import { checkCount, ReadBudget } from '../limits.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf, childrenOf, descendant } from '../xml/xml-element.ts'
import { dateOfSerial, isDateFormat } from './spreadsheet-dates.ts'

interface Sheet {
  rows: { number: number; fields: string[] }[]
}

/**
 * Reads the first visible sheet of a workbook as the platform exports it: its first row names the columns. Cells with a date format become
 * ISO dates. @throws IMPORT_FAILED if it is no workbook, or larger than allowed
 */
export async function openXlsx(path: string): Promise<CsvFile> {
  const tree = await openArchive(path, path, new ReadBudget())
  try {
    const { rows } = await readSheet(tree, path)
    const [heading, ...records] = rows
    if (heading === undefined) throw importFailed(path, importText.empty, importText.emptyHint)
    const columns = heading.fields.map((field) => field.trim())
    while (columns.at(-1) === '') columns.pop()
    refuseTwice(columns, path)
    const width = columns.length
    return {
      name: basename(path).replace(/\.[^.]+$/, ''),
      columns,
      delimiter: '',
      async *rows() {
        for (const { number, fields } of records)
          if (fields.some((field) => field !== ''))
            yield { number, fields: Array.from({ length: width }, (_, index) => fields[index] ?? '') }
      },
    }
  } finally {
    tree.close()
  }
}

function refuseTwice(columns: readonly string[], path: string): void {
  const twice = columns.find((column, index) => columns.indexOf(column) < index)
  if (twice !== undefined) throw importFailed(path, importText.headingTwice({ column: twice }), importText.headingTwiceHint)
}

async function readSheet(tree: FileTree, path: string): Promise<Sheet> {
  const part = (name: string): SourceFile | undefined => findFile(tree.files, name)
  const book = await readBook(part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels'), path)
  const sheet = part(book.sheet)
  if (sheet === undefined) throw importFailed(path, importText.notAWorkbook, importText.notAWorkbookHint)
  const texts = await readTexts(part('xl/sharedStrings.xml'))
  const dates = await readDateStyles(part('xl/styles.xml'))
  const rows: Sheet['rows'] = []
  let fields = 0
  await readXml(sheet, [
    {
      path: 'worksheet/sheetData/row',
      keep: CELL_ELEMENTS,
      take(element) {
        const row = readRow(element, rows.length + 1, { texts, dates, is1904: book.is1904 }, path)
        fields += row.fields.length
        checkCount(fields, 'fields', path)
        checkCount(rows.push(row), 'records', path)
      },
    },
  ])
  return { rows }
}

const CELL_ELEMENTS: ReadonlySet<string> = new Set(['c', 'v', 'is', 't', 'r'])

async function readBook(book: SourceFile | undefined, relations: SourceFile | undefined, path: string) {
  if (book === undefined) throw importFailed(path, importText.notAWorkbook, importText.notAWorkbookHint)
  const sheets: Record<string, string>[] = []
  const targets = new Map<string, string>()
  const properties: Record<string, string>[] = []
  await readXml(book, [
    { path: 'workbook/sheets/sheet', take: ({ attributes }) => void sheets.push(attributes) },
    { path: 'workbook/workbookPr', take: ({ attributes }) => void properties.push(attributes) },
  ])
  if (relations !== undefined)
    await readXml(relations, [
      { path: 'Relationships/Relationship', take: ({ attributes }) => void targets.set(attributes.Id ?? '', attributes.Target ?? '') },
    ])
  const visible = sheets.find(({ state }) => state === undefined || state === 'visible') ?? sheets[0]
  const id = Object.entries(visible ?? {}).find(([name]) => name.endsWith(':id'))?.[1] ?? ''
  const target = (targets.get(id) ?? 'worksheets/sheet1.xml').replace(/^\/?(xl\/)?/, '')
  return { sheet: `xl/${target}`, is1904: properties.some(({ date1904 }) => /^(1|true)$/i.test(date1904 ?? '')) }
}

async function readTexts(file: SourceFile | undefined): Promise<string[]> {
  const texts: string[] = []
  if (file === undefined) return texts
  await readXml(file, [
    {
      path: 'sst/si',
      keep: CELL_ELEMENTS,
      take: (element) => checkCount(texts.push(plainText(element)), 'fields', file.location),
    },
  ])
  return texts
}

/** Returns which styles of cells show a date. */
async function readDateStyles(file: SourceFile | undefined): Promise<boolean[]> {
  const formats = new Map<string, string>()
  const styles: string[] = []
  if (file === undefined) return []
  await readXml(file, [
    {
      path: 'styleSheet/numFmts/numFmt',
      take: ({ attributes }) => void formats.set(attributes.numFmtId ?? '', attributes.formatCode ?? ''),
    },
    {
      path: 'styleSheet/cellXfs/xf',
      take: ({ attributes }) => checkCount(styles.push(attributes.numFmtId ?? '0'), 'columns', file.location),
    },
  ])
  return styles.map((id) => isDateFormat(Number(id), formats.get(id)))
}

interface Reading {
  texts: readonly string[]
  dates: readonly boolean[]
  is1904: boolean
}

function readRow(element: XmlElement, next: number, reading: Reading, path: string): Sheet['rows'][number] {
  const fields: string[] = []
  for (const cell of childrenOf(element, 'c')) {
    const index = columnOf(cell.attributes.r) ?? fields.length
    checkCount(index + 1, 'csvColumns', path)
    while (fields.length < index) fields.push('')
    fields[index] = readCell(cell, reading)
  }
  const number = Number(element.attributes.r)
  return { number: Number.isSafeInteger(number) && number > 0 ? number : next, fields }
}

function readCell(cell: XmlElement, { texts, dates, is1904 }: Reading): string {
  const value = childOf(cell, 'v')?.text ?? ''
  switch (cell.attributes.t) {
    case 's':
      return texts[Number(value)] ?? ''
    case 'inlineStr':
      return plainText(childOf(cell, 'is'))
    case 'b':
      return value === '1' ? 'true' : 'false'
    case 'e':
      return ''
    case 'str':
    case 'd':
      return value
    default:
      return value !== '' && dates[Number(cell.attributes.s ?? -1)] === true ? dateOfSerial(Number(value), is1904) : value
  }
}

/** Returns the text of a cell, which may be in runs of different fonts. */
const plainText = (element: XmlElement | undefined): string =>
  [descendant(element, 't')?.text ?? '', ...childrenOf(element, 'r').map((run) => childOf(run, 't')?.text ?? '')].join('')

/** Returns the position of a cell such as `AB12`, from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
