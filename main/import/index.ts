/** Reading models and data from files: what the platform and its tools write. Nothing here knows SQL. */
export type { ImportTarget } from './import-source.ts'
export { importSource, inspectSource } from './import-source.ts'
