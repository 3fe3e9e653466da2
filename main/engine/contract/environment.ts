/** One open environment: plain data. */

/** What people giving demos make go wrong on purpose. Lasts until it is switched off or the environment is closed. */
export interface Faults {
  /** Slow motion: each batch holds its records for this long before it commits. @default 0 */
  batchDelayMs: number
  /** The batch with this number fails, once for each try, as long as it is set. @default null */
  failBatch: number | null
}

export interface EnvironmentInfo {
  path: string
  name: string
  formatVersion: number
  sizeBytes: number
  tables: number
  relationships: number
  createdOnMs: number
}

/** Long work says how far it is. `total` is null while unknown. */
export interface Progress {
  /** Identifies the piece of work. */
  id: string
  label: string
  done: number
  total: number | null
}
