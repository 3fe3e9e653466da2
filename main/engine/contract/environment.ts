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
  /** How many jobs came with a file from somebody else and are held until this user lets them continue. */
  heldJobs: number
  /** What the user should know about the file, such as settings that were not valid and have their defaults instead. */
  notices: Message[]
}

/** The progress of long work. `total` is null while unknown. */
export interface Progress {
  /** Identifies the piece of work. */
  id: string
  label: Message
  done: number
  total: number | null
}
