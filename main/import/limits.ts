import { importText } from '#text/english/import'
import { importFailed } from './import-failed.ts'

const MB = 1024 * 1024

/**
 * Limits far above any real source: the largest seen had 31.8 MB of XML, 336 tables and 2,769 relationships. They are
 * absolute sizes, because real archives compress by more than 25 to 1. Source: import formats, section 1.
 */
export const LIMITS = {
  /** One file, expanded. */
  fileBytes: 256 * MB,
  /** All files that one call reads, expanded. */
  totalBytes: 1024 * MB,
  /** An archive inside an archive is held in memory. */
  nestedArchiveBytes: 256 * MB,
  jsonBytes: 256 * MB,
  /** Files of an archive, or of a folder and all folders below it. */
  members: 50_000,
  files: 200_000,
  archiveDepth: 3,
  folderDepth: 32,
  xmlDepth: 256,
  jsonDepth: 64,
  tables: 10_000,
  columns: 1_000_000,
  /** The store's tables have at most 2,000, the platform's about 1,000. */
  tableColumns: 1_500,
  /** Columns of a CSV file; a table has 1,500 at most. */
  csvColumns: 5_000,
  relationships: 100_000,
  records: 2_000_000,
  fields: 50_000_000,
} as const

/** Counts the bytes that one call has read from all its files. */
export class ReadBudget {
  #bytes = 0

  /** Counts bytes. @throws IMPORT_FAILED when this call has read too much */
  spend(bytes: number, where: string): void {
    this.#bytes += bytes
    if (this.#bytes > LIMITS.totalBytes)
      throw importFailed(where, importText.tooManyBytesInAll({ megabytes: LIMITS.totalBytes / MB }), importText.tooManyBytesInAllHint)
  }
}

/** @throws IMPORT_FAILED if a count exceeds its limit */
export function checkCount(count: number, what: keyof typeof importText.tooManyOf, where: string): void {
  if (count > LIMITS[what]) throw importFailed(where, importText.tooManyOf[what]({ limit: LIMITS[what] }), importText.tooManyHint)
}

/** @throws IMPORT_FAILED if a table has more columns than the store takes */
export function checkColumnCount(count: number, table: string, where: string): void {
  const limit = LIMITS.tableColumns
  if (count > limit) throw importFailed(where, importText.tooManyColumnsIn({ limit, table }), importText.tooManyHint)
}
