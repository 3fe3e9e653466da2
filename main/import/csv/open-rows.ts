import { stat } from 'node:fs/promises'
import { importText } from '#text/english/import'
import { openSingleFile } from '../files/folder.ts'
import { readStart } from '../files/read-limited.ts'
import { importFailed, messageOf } from '../import-failed.ts'
import { ReadBudget } from '../limits.ts'
import { openXlsx } from '../xlsx/read-xlsx.ts'
import type { CsvFile } from './read-csv.ts'
import { openCsv } from './read-csv.ts'

/** Opens a file of rows, a workbook or CSV, and reads its heading. @throws IMPORT_FAILED if it is neither */
export async function openRows(path: string): Promise<CsvFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw importFailed(path, importText.nothingThere({ reason: messageOf(error) }), importText.checkPathHint, error)
  })
  if (!found.isFile()) throw importFailed(path, importText.notAFile, importText.chooseCsvHint)
  const [file] = (await openSingleFile(path, new ReadBudget())).files
  const start = file === undefined ? Buffer.alloc(0) : await readStart(file.read(), 2)
  return start.toString('latin1') === 'PK' ? openXlsx(path) : openCsv(path)
}
