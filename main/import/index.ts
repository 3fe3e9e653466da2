/** Reads models and data from files that the platform and its tools write. Contains no SQL. */
export { importCsv } from './csv/import-csv.ts'
export { inspectCsv } from './csv/inspect-csv.ts'
export type { ImportTarget } from './import-source.ts'
export { importSource, inspectSource } from './import-source.ts'
