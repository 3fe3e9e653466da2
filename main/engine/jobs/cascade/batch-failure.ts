import type { EngineError } from '../../contract/errors.ts'

/** A record of a batch that cannot be processed: what comes before it may be committed, it and the rest may not. */
export interface BatchFailure {
  /** Id of the failing item. */
  item: number
  error: EngineError
}

/** The failure that comes first in the order of processing. */
export function earliest(failures: (BatchFailure | undefined)[]): BatchFailure | undefined {
  return failures.reduce((first, failure) => (failure && (!first || failure.item < first.item) ? failure : first), undefined)
}
