import type { RowKey } from '../store/staging.ts'

/** How an operation of a channel was done. Source: reference, section 2. */
export type Path = 'Sync' | 'Async' | 'AsyncFallback'

/** A row that an operation has written to a staging table of its channel. */
export type StagedOperation = RowKey

/** What came of an operation on a customer. */
export interface ChannelOperation {
  path: Path
  staged: StagedOperation[]
}
