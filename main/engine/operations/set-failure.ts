import type { EngineError } from '../contract/errors.ts'

/** A record that cannot be processed: what comes before it may be committed, it and the rest may not. */
export interface SetFailure {
  /** Its position in the order of processing. */
  item: number
  error: EngineError
}

/** Returns the failure that comes first in the order of processing. */
export function earliest(failures: (SetFailure | undefined)[]): SetFailure | undefined {
  return failures.reduce((first, failure) => (failure && (!first || failure.item < first.item) ? failure : first), undefined)
}
