import type { Message } from '#text/message'

/** One open environment: plain data. */

/** Faults on purpose, for demonstrations. They last until switched off or until the environment is closed. */
export interface Faults {
  /** Slow motion: each batch holds its records for this long before it commits. @default 0 */
  batchDelayMs: number
  /** The batch with this number fails, in each attempt, as long as it is set. @default null */
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
  /** GUID of the user that the environment was made with; acts wherever nobody was chosen. */
  administratorId: string
}

/** The progress of long work. `total` is null while unknown. */
export interface Progress {
  /** Identifies the piece of work. */
  id: string
  label: Message
  done: number
  total: number | null
}
