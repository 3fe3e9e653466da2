import type { EngineError } from '../../contract/errors.ts'

/** The first record of a batch that cannot be processed. Records before it may be committed; it and the rest must not. */
export interface BatchFailure {
  /** Id of the failing item. */
  item: number
  error: EngineError
}

/** Returns the failure that comes first in the order of processing. */
export function earliest(failures: (BatchFailure | undefined)[]): BatchFailure | undefined {
  return failures.reduce((first, failure) => (failure && (!first || failure.item < first.item) ? failure : first), undefined)
}
