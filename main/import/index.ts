/** Reading models and data from files: what the platform and its tools write. Nothing here knows SQL. */
export { importCsv } from './csv/import-csv.ts'
export { inspectCsv } from './csv/inspect-csv.ts'
export type { ImportTarget } from './import-source.ts'
export { importSource, inspectSource } from './import-source.ts'
